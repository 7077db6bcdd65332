import Anthropic from '@anthropic-ai/sdk'
import type { Agent, Outcome } from 'shakedown'
import { supportInstructions } from '../support/support-agent.ts'
import { stopAfter, stopOf } from './anthropic-stop.ts'
import { anthropicTools } from './anthropic-tools.ts'

const maxSteps = 10
const modelMs = 60_000
const toolMs = 10_000

/**
 * The support desk on the Anthropic SDK: the loop of its documentation, the SDK's own retries, and nothing added.
 *
 * @param way whether the model's replies come `whole` or in pieces (`stream`), put together by the SDK
 */
export function createAnthropicAgent(way: 'whole' | 'stream'): Agent {
  const client = new Anthropic({ apiKey: 'sk-ant-desk', timeout: modelMs, logLevel: 'off' })
  return async ({ input }, { signal }) => {
    try {
      // The client's own timeout ends with the head of a reply: a stream that falls silent is the agent's to give up.
      return await conversation(input, signal, (request) =>
        way === 'whole'
          ? client.messages.create(request, { signal })
          : client.messages.stream(request, { signal: within(signal, modelMs) }).finalMessage(),
      )
    } catch (thrown) {
      return { answer: null, stop: signal.aborted ? 'cancelled' : stopOf(thrown) }
    }
  }
}

type Ask = (request: Anthropic.MessageCreateParamsNonStreaming) => Promise<Anthropic.Message>

async function conversation(input: string, signal: AbortSignal, ask: Ask): Promise<Outcome> {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: input }]
  const tools = Array.from(anthropicTools.values(), ({ definition }) => definition)
  for (let step = 0; step < maxSteps; step++) {
    const request = { model: 'claude-sonnet-5', max_tokens: 1_024, system: supportInstructions(), tools, messages }
    const { content, stop_reason } = await ask({ ...request, messages: [...messages] })
    const calls = content.filter((block) => block.type === 'tool_use')
    if (stop_reason !== 'tool_use' || calls.length === 0) {
      const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
      const stop = stopAfter(stop_reason)
      return { answer: stop === 'end_turn' && text !== '' ? text : null, stop }
    }
    messages.push({ role: 'assistant', content }, { role: 'user', content: await Promise.all(calls.map((call) => result(call, signal))) }) // prettier-ignore
  }
  return { answer: null, stop: 'max_steps' }
}

function within(signal: AbortSignal, ms: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ms)])
}

/** What a tool answers, or in words why it did not. */
async function result(
  { id, name, input }: Anthropic.ToolUseBlock,
  signal: AbortSignal,
): Promise<Anthropic.ToolResultBlockParam> {
  const tool = anthropicTools.get(name)
  try {
    if (tool === undefined) throw new Error(`there is no tool ${name}`)
    const content = await tool.run(input, within(signal, toolMs))
    return { type: 'tool_result', tool_use_id: id, content }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return { type: 'tool_result', tool_use_id: id, content: `Error: ${String(thrown)}`, is_error: true }
  }
}
