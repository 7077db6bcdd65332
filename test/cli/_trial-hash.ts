// Prints the hash of a trial of the bundled support scenario: `alone <trial>`, or `after <trial>` for the same trial
// run after the others of its block.
import { installSimulation } from '../../src/simulation/install.ts'

installSimulation()
const { default: scenario } = await import('../../scenarios/support/support-agent.scenario.ts')
const { judgeFor } = await import('../../src/scenario/finding.ts')
const { blockTrials, trialPlan } = await import('../../src/scenario/plans.ts')
const { runTrial } = await import('../../src/scenario/trial.ts')

const [how, last = '0'] = process.argv.slice(2)
const judge = judgeFor(scenario)
const trial = Number(last)
const first = how === 'alone' ? trial : trial - (trial % blockTrials)
let hash = ''
for (let index = first; index <= trial; index++) {
  const result = await runTrial({ scenario, judge, seed: 1, trial: index, plan: trialPlan(scenario, 1, index) })
  hash = result.hash
}
process.stdout.write(hash)
