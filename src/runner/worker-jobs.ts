import { readFileSync } from 'node:fs'
import { faultFreeTrials } from '../scenario/fault-free-trials.ts'
import { parseInput } from '../contract/parse.ts'
import { usageError } from '../contract/errors.ts'
import { runBlock } from '../scenario/block.ts'
import { runFaultFree } from '../scenario/fault-free.ts'
import { findSmallestCause, judgeFor, recordTrial } from '../scenario/finding.ts'
import { concludeSamples } from '../scenario/conclude-samples.ts'
import { lostFinding } from './lost-finding.ts'
import { trialPlan } from '../scenario/plans.ts'
import { type Scenario, isScenario } from '../scenario/scenario.ts'
import { configSchema } from './config.ts'
import type { JobName, Jobs, ScenarioAddress } from './job.ts'
import { lostTrialResult } from './lost-trial.ts'
import { measureJobs } from './measure-jobs.ts'
import { scenarioLine } from './scenario-line.ts'
import type { ModuleLoader } from './module-loader.ts'
import { scenarioModules, unknownModules } from './modules/scenario-modules.ts'

/** What the jobs of a worker share. */
export interface WorkerScope {
  /** The folder of the configuration. */
  readonly root: string
  /** How replay tokens name the configuration; null where it is found by its name. */
  readonly configOfToken: string | null
  readonly loader: ModuleLoader
  readonly onTurn: () => void
  readonly onTrial: (trial: number, blockedAfterMs: number) => void
  /** Called before and after user modules are loaded. */
  readonly onLoad: (isLoading: boolean) => void
}

type Handlers = { [Name in JobName]: (request: Jobs[Name]['request']) => Promise<Jobs[Name]['reply']> }

/** The work a worker process can do. */
export function workerJobs({ root, configOfToken, loader, onTurn, onTrial, onLoad }: WorkerScope): Handlers {
  const loadModule = async (path: string): Promise<Record<string, unknown>> => {
    onLoad(true)
    const loaded = await loader.load(path)
    onLoad(false)
    return loaded
  }
  const load = async ({ path }: ScenarioAddress): Promise<Scenario> => asScenario(await loadModule(path), path)
  const prepare = async (address: ScenarioAddress) => {
    const scenario = await load(address)
    const noteTrial = (trial: number): void => onTrial(trial, address.blockedAfterMs)
    return { scenario, judge: judgeFor(scenario), seed: address.seed, root, configOfToken, onTurn, onTrial: noteTrial }
  }
  return {
    ...measureJobs(prepare),
    async config({ path }) {
      if (path === null) return configSchema.parse({})
      const loaded = (await loadModule(path))['default']
      return parseInput(
        configSchema,
        loaded,
        path,
        'export the configuration as default, e.g. with defineConfig({ … })',
      )
    },
    async modules({ path, file }) {
      onLoad(true)
      try {
        return scenarioModules(root, await loader.graph(path))
      } catch {
        return unknownModules(file, path)
      } finally {
        onLoad(false)
      }
    },
    describe: async (address) => describeScenario(await load(address), readFileSync(address.path, 'utf8')),
    async 'fault-free'(address) {
      return runFaultFree(await prepare(address))
    },
    async block(request) {
      const prepared = await prepare(request)
      const lost = new Map(request.lost.map((one) => [one.trial, lostTrialResult(prepared.judge, one)]))
      return runBlock({ ...prepared, block: request.block, trials: request.trials, lost })
    },
    async conclude({ samples, ...address }) {
      return concludeSamples(await load(address), samples)
    },
    async finding(request) {
      const { trial, property, lost, file, shrinks } = request
      const prepared = { ...(await prepare(request)), trial, property }
      prepared.onTrial(trial)
      return lost === null ? findSmallestCause(prepared, file, shrinks) : lostFinding(prepared, lost, file)
    },
    async trial(request) {
      const { trial, property, plan, seed } = request
      const prepared = { ...(await prepare(request)), trial, property }
      prepared.onTrial(trial)
      return recordTrial(prepared, plan ?? trialPlan(prepared.scenario, seed, trial))
    },
  }
}

function describeScenario(scenario: Scenario, source: string): Jobs['describe']['reply'] {
  const facts = { profile: scenario.profile, secrets: scenario.secrets }
  return {
    name: scenario.name,
    line: scenarioLine(source, scenario.name),
    trials: scenario.search.trials,
    quickTrials: scenario.search.quickTrials,
    tasks: faultFreeTrials(scenario),
    families: scenario.search.faults.families,
    properties: scenario.search.properties.map((property) => {
      const { id, name, statement } = property
      const isStatistical = property.conclude !== undefined
      return { id, name, statement, applies: property.start(facts) !== null, isStatistical }
    }),
    accepted: scenario.accepted,
    quarantine: scenario.quarantine,
  }
}

function asScenario(module: Record<string, unknown>, path: string): Scenario {
  const exported = module['default']
  if (isScenario(exported)) return exported
  throw usageError(
    'NO_SCENARIO',
    `${path} does not export a scenario as its default; write \`export default scenario('name', { … })\`.`,
  )
}
