import { faults } from 'shakedown'
import { judgeFor } from '../src/scenario/finding.ts'
import { runTrial } from '../src/scenario/trial.ts'
import { chatAgent } from './chat-agent.ts'
import { chatScenario } from './chat-scenario.ts'
import { median } from './median.ts'
import { ordersTool, ordersUrl } from './orders-tool.ts'

const trials = 500
const rounds = 5
const slowness = { p50Ms: 800, p99Ms: 6_000 }
const plan = { faults: [faults.provider.latency(slowness), faults.tool('*').latency(slowness)] }

/** Virtual time over real time, in a fixed scenario whose model and tool answer with a median of 800 ms and a p99 of 6 s. */
export async function virtualOverReal(): Promise<{ virtualOverReal: number }> {
  const agent = () => chatAgent(undefined, async () => (await fetch(ordersUrl)).text())
  const scenario = chatScenario(agent, [ordersTool])
  const judge = judgeFor(scenario)
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    let virtualMs = 0
    const before = performance.now()
    for (let trial = 0; trial < trials; trial++) {
      virtualMs += (await runTrial({ scenario, judge, seed: 1, trial, plan })).virtualMs
    }
    ratios.push(virtualMs / (performance.now() - before))
  }
  return { virtualOverReal: median(ratios) }
}
