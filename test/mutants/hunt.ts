// Searches one mutant for one property in a process of its own, because the simulation must come before user modules:
// node test/mutants/hunt.ts <folder>/<mutant> <property> <seed>, with the result as JSON on standard output.
import process from 'node:process'
import { installSimulation } from '../../src/simulation/install.ts'
import { interceptSockets } from '../../src/wire/transports/msw.ts'

// In the order of a worker process, so that a replay there gives the same trace.
interceptSockets()
installSimulation()
const { runFaultFree } = await import('../../src/scenario/fault-free.ts')
const { findSmallestCause, judgeFor, recordTrial } = await import('../../src/scenario/finding.ts')
const { blockPlans, blockTrials } = await import('../../src/scenario/plans.ts')
const { runRelatedTrial } = await import('../../src/scenario/related-trial.ts')
const bases = {
  support: (await import('../../scenarios/support/support-agent.scenario.ts')).default,
  resilience: (await import('../../scenarios/resilience/resilience.scenario.ts')).default,
}

const [name = '', property = '', givenSeed = '1'] = process.argv.slice(2)
const base = name.startsWith('support/') ? bases.support : bases.resilience
const seed = Number(givenSeed)
const onTurn = (): void => {}
const { default: scenario } = await import(`./${name}.scenario.ts`)
const { search } = scenario

// Only the property that is hunted is judged; the replay afterwards judges every one and must agree.
const judge = judgeFor({
  ...scenario,
  search: { ...search, properties: search.properties.filter(({ id }: { id: string }) => id === property) },
})

async function firstViolation(): Promise<number> {
  for (let block = 0; block * blockTrials < search.trials; block++) {
    const plans = blockPlans(scenario, seed, block).slice(0, search.trials - block * blockTrials)
    for (const [index, plan] of plans.entries()) {
      const trial = block * blockTrials + index
      const { verdicts } = await runRelatedTrial({ scenario, judge, seed, trial, plan, onTurn }, property)
      if (verdicts.get(property)?.verdict === 'violated') return trial
    }
  }
  throw new Error(`no violation of ${property} in ${search.trials} trials`)
}

const { faultFree } = await runFaultFree({ scenario, judge: judgeFor(scenario), seed, onTurn, onTrial: () => {} })
const trial = await firstViolation()
const spec = { scenario, judge, seed, trial, property, onTurn }
const finding = await findSmallestCause(spec, `${name}.scenario.ts`)
const unmutated = await recordTrial({ ...spec, scenario: { ...scenario, agent: base.agent } }, finding.plan)

process.stdout.write(
  JSON.stringify({
    failures: faultFree.failures,
    trial,
    budget: search.trials,
    plan: finding.plan,
    token: finding.token,
    traceHash: finding.traceHash,
    witness: finding.witness,
    unmutatedWitness: unmutated.witness,
  }),
)
// A mutant that ignored its end may have left timers of the ordinary clock behind.
process.exit(0)
