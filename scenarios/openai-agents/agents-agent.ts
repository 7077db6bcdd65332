import { Agent as SdkAgent, OpenAIChatCompletionsModel, Runner } from '@openai/agents'
import OpenAI from 'openai'
import type { Agent } from 'shakedown'
import { supportInstructions } from '../support/support-agent.ts'
import { stopOf } from './agents-stop.ts'
import { agentsTools } from './agents-tools.ts'

/**
 * The support desk on the OpenAI Agents SDK, speaking Chat Completions; its traces are not exported, as in a test.
 *
 * @param way whether the model's replies come `whole` or in pieces (`stream`)
 */
export function createAgentsAgent(way: 'whole' | 'stream'): Agent {
  const client = new OpenAI({ apiKey: 'sk-openai-agents', timeout: 60_000, logLevel: 'off' })
  const runner = new Runner({ tracingDisabled: true })
  return async ({ input }, { signal }) => {
    const agent = new SdkAgent({
      name: 'support desk',
      instructions: supportInstructions(),
      model: new OpenAIChatCompletionsModel(client, 'gpt-5-mini'),
      tools: agentsTools,
      // The client's own timeout ends with the head of a reply: a stream that falls silent is the runner's to give up.
      modelSettings: { timeoutMs: 60_000 },
    })
    try {
      const limits = { signal, maxTurns: 10 }
      const run = way === 'whole' ? runner.run(agent, input, limits) : streamed(runner, agent, input, limits)
      const result = await run
      // Asked before, the SDK warns on the console that a run which was cut short has no output.
      if (signal.aborted) return { answer: null, stop: 'cancelled' }
      const { finalOutput } = result
      return { answer: finalOutput ?? null, stop: finalOutput === undefined ? 'invalid_llm_response' : 'end_turn' }
    } catch (thrown) {
      return { answer: null, stop: signal.aborted ? 'cancelled' : stopOf(thrown) }
    }
  }
}

/** The run is over once the promise of its end has settled; it rejects with what went wrong. */
async function streamed(
  runner: Runner,
  agent: SdkAgent,
  input: string,
  limits: { signal: AbortSignal; maxTurns: number },
): Promise<{ readonly finalOutput?: string | undefined }> {
  const result = await runner.run(agent, input, { ...limits, stream: true })
  await result.completed
  return result
}
