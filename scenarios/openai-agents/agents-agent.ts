import { Agent as SdkAgent, OpenAIChatCompletionsModel, Runner } from '@openai/agents'
import OpenAI from 'openai'
import type { Agent } from 'shakedown'
import { supportInstructions } from '../support/support-agent.ts'
import { stopOf } from './agents-stop.ts'
import { agentsTools } from './agents-tools.ts'

/** The support desk on the OpenAI Agents SDK, speaking Chat Completions; its traces are not exported, as in a test. */
export function createAgentsAgent(): Agent {
  const client = new OpenAI({ apiKey: 'sk-openai-agents', timeout: 60_000, logLevel: 'off' })
  const runner = new Runner({ tracingDisabled: true })
  return async ({ input }, { signal }) => {
    const agent = new SdkAgent({
      name: 'support desk',
      instructions: supportInstructions(),
      model: new OpenAIChatCompletionsModel(client, 'gpt-5-mini'),
      tools: agentsTools,
    })
    try {
      const { finalOutput } = await runner.run(agent, input, { signal, maxTurns: 10 })
      return { answer: finalOutput ?? null, stop: finalOutput === undefined ? 'invalid_llm_response' : 'end_turn' }
    } catch (thrown) {
      return { answer: null, stop: signal.aborted ? 'cancelled' : stopOf(thrown) }
    }
  }
}
