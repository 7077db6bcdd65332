import { z } from 'zod'
import type { Fault } from '../../../src/contract/fault.ts'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import type { ModelTurn, ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { play } from '../../wire/_play.ts'
import type { Played } from '../../wire/_play.ts'

/** Words by which a request for a summary is known. */
export const isForSummary = ({ messages }: ModelTurn): boolean =>
  messages[0]?.text.includes('You keep the records') ?? false

export interface LongTalk {
  readonly provider?: 'openai' | 'anthropic'
  /** Tokens of the endpoint's window. */
  readonly windowTokens: number
  readonly options?: Partial<AgentOptions>
  readonly faults?: readonly Fault[]
  /** Pages that the model reads one after another, each about 200 tokens long, before it answers. */
  readonly pages?: number
  /** Instead of the next page. */
  readonly summary?: (turn: ModelTurn) => ScriptedReply
  readonly signal?: AbortSignal
}

/** What the model was asked, request by request. */
export interface Talk extends Played<AgentOutcome> {
  readonly turns: readonly ModelTurn[]
}

/** A task that reads page after page, in virtual time, at an endpoint with a window of its own. */
export async function longTalk(talk: LongTalk): Promise<Talk> {
  const { provider = 'openai', windowTokens, pages = 8, summary = () => ({ content: 'Pages were read.' }) } = talk
  const turns: ModelTurn[] = []
  let read = 0
  const script = (turn: ModelTurn): ScriptedReply => {
    turns.push(turn)
    if (isForSummary(turn)) return summary(turn)
    read += 1
    if (read > pages) return { content: 'I have read it all.' }
    return { toolCalls: [{ name: 'read_page', arguments: { page: read } }] }
  }
  const endpoint = { name: 'primary', script, windowTokens }
  const upstream = provider === 'openai' ? openAiChat(endpoint) : anthropicMessages(endpoint)
  const baseURL = provider === 'openai' ? 'https://api.openai.com/v1' : 'https://api.anthropic.com'
  const played = await play({ upstreams: [upstream], faults: talk.faults ?? [] }, async () => {
    const agent = createReferenceAgent({
      client: { name: 'primary', apiKey: 'key', model: 'large', provider, baseURL, maxOutputTokens: 200 },
      ...{ instructions: 'You read pages.', tools: [readPage], maxSteps: 20, retry: { maxAttempts: 1 } },
      ...talk.options,
    })
    const signal = talk.signal ?? new AbortController().signal
    return agent({ id: 'task-1', input: 'Read the book to me.' }, { signal })
  })
  return { ...played, turns }
}

const readPage = defineTool({
  name: 'read_page',
  description: 'Reads a page.',
  parameters: z.object({ page: z.int() }),
  effectful: false,
  execute: async ({ page }) => `Page ${page}: ${'once upon a time '.repeat(50)}`,
})

/** Status of each answer of the endpoint, in order. */
export function statuses({ events }: Talk): number[] {
  return events.flatMap((event) => (event.type === 'response.end' ? [event.status] : []))
}
