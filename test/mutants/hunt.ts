// Searches one mutant for one property in a process of its own, because the simulation must come before user modules:
// node test/mutants/hunt.ts <mutant> <property>, with the result as JSON on standard output.
import process from 'node:process'
import { installSimulation } from '../../src/simulation/install.ts'

installSimulation()
const { runBlock } = await import('../../src/scenario/block.ts')
const { runFaultFree } = await import('../../src/scenario/fault-free.ts')
const { findSmallestCause, judgeFor, recordTrial } = await import('../../src/scenario/finding.ts')
const { default: support } = await import('../../scenarios/support/support-agent.scenario.ts')

const [name = '', property = ''] = process.argv.slice(2)
const seed = 1
const onTurn = (): void => {}
const onTrial = (): void => {}
const { default: scenario } = await import(`./${name}.scenario.ts`)
const judge = judgeFor(scenario)

async function firstViolation(): Promise<number> {
  for (let block = 0; block < scenario.search.trials / 100; block++) {
    const { tally } = await runBlock({ scenario, judge, seed, block, trials: 100, lost: new Map(), onTurn, onTrial })
    const violation = tally.violations[property]
    if (violation) return violation.firstTrial
  }
  throw new Error(`no violation of ${property} in ${scenario.search.trials} trials`)
}

const faultFree = await runFaultFree({ scenario, judge, seed, onTurn, onTrial })
const trial = await firstViolation()
const spec = { scenario, judge, seed, trial, property, onTurn }
const finding = await findSmallestCause(spec, `test/mutants/${name}.scenario.ts`)
const unmutated = await recordTrial({ ...spec, scenario: { ...scenario, agent: support.agent } }, finding.plan)

process.stdout.write(
  JSON.stringify({
    failures: faultFree.failures,
    trial,
    budget: scenario.search.trials,
    plan: finding.plan,
    witness: finding.witness.sentence,
    unmutatedWitness: unmutated.witness,
  }),
)
// A mutant that ignored its end may have left timers of the ordinary clock behind.
process.exit(0)
