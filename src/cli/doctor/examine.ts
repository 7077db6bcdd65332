import { relative, resolve, sep } from 'node:path'
import { ShakedownError } from '../../contract/errors.ts'
import { type Check, checking } from '../../results/doctor/check.ts'
import { quantity } from '../../results/quantity.ts'
import type { EvidencedDeclaration } from '../../objectives/accuracy-declaration.ts'
import type { Config } from '../../runner/config.ts'
import type { WantedTrials } from '../../runner/tell-resolution.ts'
import { findScenarios } from '../find-scenarios.ts'
import type { Project } from '../open-project.ts'
import { checkBaselines } from './check-baselines.ts'
import { checkDeclarations } from './check-declarations.ts'
import { checkOutput } from './check-output.ts'
import { type CheckedScenario, checkScenario } from './check-scenario.ts'
import { idleInLatest } from './latest-report.ts'

/** What a project is examined with. */
export interface ExamineOptions extends WantedTrials {
  /** Parts of paths of scenario files; none: all of them. */
  readonly filters: readonly string[]
  readonly seed: number
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
}

/** What was found of a project. */
export interface Examined {
  readonly checks: readonly Check[]
  readonly scenarios: readonly CheckedScenario[]
  readonly inForce: readonly EvidencedDeclaration[]
}

/** Looks at the set-up of a project and at each chosen scenario, and judges no agent. */
export async function examine(project: Project, options: ExamineOptions): Promise<Examined> {
  const { root, config, pool } = project
  const when = { today: options.today, expiryWarningDays: config.expiryWarningDays }
  const { checks: declarations, inForce } = checkDeclarations(root, config.declarations, when)
  const { checks: found, files } = await findFiles(project, options.filters)
  const terms = { ...options, ...when, inForce, idle: idleInLatest(resolve(root, config.out)) }
  const scenarios: CheckedScenario[] = []
  for (const path of files) {
    const file = relative(root, path).split(sep).join('/')
    const address = { path, file, seed: options.seed, blockedAfterMs: config.blockedAfterMs }
    scenarios.push(await checkScenario(pool, address, terms))
  }
  return {
    checks: [
      checkOutput(resolve(root, config.out)),
      ...checkBaselines(root, config),
      ...declarations,
      ...found,
      ...scenarios.flatMap(({ checks }) => checks),
      ...sameNames(scenarios),
      ...(options.filters.length === 0 ? notRun(scenarios, inForce) : []),
    ],
    scenarios,
    inForce,
  }
}

async function findFiles(
  { root, config }: { readonly root: string; readonly config: Config },
  filters: readonly string[],
): Promise<{ checks: Check[]; files: string[] }> {
  const check = checking('scenarios')
  try {
    const files = await findScenarios(root, config.scenarios, filters)
    return { checks: [check.ok(`${quantity(files.length, 'file')} chosen`)], files }
  } catch (error) {
    // A filter that fits nothing is a slip of whoever typed it.
    if (!ShakedownError.is(error) || error.code !== 'SHAKEDOWN_NO_SCENARIOS') throw error
    return { checks: [check.failed(error)], files: [] }
  }
}

/** Declarations, baselines and reports tell scenarios apart by their names. */
function sameNames(scenarios: readonly CheckedScenario[]): Check[] {
  const named = scenarios.filter(({ name }) => name !== null)
  return [...Map.groupBy(named, ({ name }) => name)].flatMap(([name, alike]) =>
    alike.length < 2
      ? []
      : checking('scenario', alike.map(({ address }) => address.file).join(', ')).warning(
          `${quantity(alike.length, 'scenario')} are called "${name}", and declarations and baselines cannot tell them apart`,
          'give each a name of its own',
        ),
  )
}

/** Known only where every scenario was loaded. */
function notRun(scenarios: readonly CheckedScenario[], inForce: readonly EvidencedDeclaration[]): Check[] {
  if (scenarios.some(({ name }) => name === null)) return []
  return inForce
    .filter(({ measured }) => scenarios.every(({ name }) => name !== measured.scenario))
    .map(({ agent, version, measured }) =>
      checking('declaration', `${agent} ${version}`).warning(
        `its scenario "${measured.scenario}" is not there, so that no run judges it`,
        'bring the scenario back under its name, or declare of another',
      ),
    )
}
