import { secretRedactor } from '../src/properties/redact-secrets.ts'
import { judgeFor } from '../src/scenario/finding.ts'
import { taskEvents, trialIndicators } from '../src/scenario/indicators/trial-indicators.ts'
import { measuredTasks } from '../src/scenario/measured-task.ts'
import { runTrial } from '../src/scenario/trial.ts'
import { chatAgent } from './chat-agent.ts'
import { benchPlan, chatScenario } from './chat-scenario.ts'
import { median } from './median.ts'
import { ordersTool, ordersUrl } from './orders-tool.ts'

const trials = 300
const rounds = 7

/**
 * A measured trial whose indicators are read from its trace, over the same without them: four model calls, three calls of
 * a tool, and prices for every token.
 */
export async function indicatorsOverTrial(): Promise<{ indicatorsOverTrial: number }> {
  const scenario = chatScenario(() => chatAgent(undefined, async () => (await fetch(ordersUrl)).text()), [ordersTool])
  const judge = judgeFor(scenario)
  const models = { 'gpt-5': { inputPerMillion: 1.25, outputPerMillion: 10 } }
  const prices = { currency: 'USD', models }
  const terms = { profile: scenario.profile, prices, redact: secretRedactor(scenario.secrets) }
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    let [trialMs, readingMs] = [0, 0]
    for (let trial = 0; trial < trials; trial++) {
      const start = performance.now()
      const result = await runTrial({ scenario, judge, seed: 1, trial, plan: benchPlan, keep: true })
      const tasks = measuredTasks(result)
      const ran = performance.now()
      trialIndicators(trial, result, taskEvents(result, tasks, terms), terms)
      trialMs += ran - start
      readingMs += performance.now() - ran
    }
    ratios.push((trialMs + readingMs) / trialMs)
  }
  return { indicatorsOverTrial: median(ratios) }
}
