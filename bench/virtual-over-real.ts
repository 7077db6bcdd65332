import { judgeFor } from '../src/scenario/finding.ts'
import { runTrial } from '../src/scenario/trial.ts'
import { benchPlan, chatScenario } from './chat-scenario.ts'

const trials = 2_000

/** Virtual time over real time, in a fixed scenario whose model answers with a median of 800 ms and a p99 of 6 s. */
export async function virtualOverReal(): Promise<{ virtualOverReal: number }> {
  const scenario = chatScenario()
  const judge = judgeFor(scenario)
  let virtualMs = 0
  const before = performance.now()
  for (let trial = 0; trial < trials; trial++) {
    virtualMs += (await runTrial({ scenario, judge, seed: 1, trial, plan: benchPlan })).virtualMs
  }
  return { virtualOverReal: virtualMs / (performance.now() - before) }
}
