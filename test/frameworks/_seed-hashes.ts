// Prints one line per seed: the seed, and the hash over the traces of one trial for each task of the scenario.
// Arguments: the scenario file's URL, the first and the last seed.
import { hash } from 'node:crypto'
import { installSimulation } from '../../src/simulation/install.ts'

installSimulation()
const { isScenario } = await import('../../src/scenario/scenario.ts')
const { judgeFor } = await import('../../src/scenario/finding.ts')
const { trialPlan } = await import('../../src/scenario/plans.ts')
const { runTrial } = await import('../../src/scenario/trial.ts')

const [file = '', first = '1', last = first] = process.argv.slice(2)
const loaded: { default?: unknown } = await import(file)
const scenario = loaded.default
if (!isScenario(scenario)) throw new Error(`${file} exports no scenario`)
const judge = judgeFor(scenario)

for (let seed = Number(first); seed <= Number(last); seed++) {
  const hashes: string[] = []
  for (const trial of scenario.tasks.keys()) {
    const result = await runTrial({ scenario, judge, seed, trial, plan: trialPlan(scenario, seed, trial) })
    hashes.push(result.hash)
  }
  process.stdout.write(`${seed} ${hash('sha256', hashes.join(''), 'hex')}\n`)
}
