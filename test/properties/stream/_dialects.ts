import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import type { Fault } from '../../../src/contract/fault.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { Outcome } from '../../../src/contract/outcome.ts'
import { faults } from '../../../src/faults/faults.ts'
import { propertyById } from '../../../src/properties/properties.ts'
import { judgeFor } from '../../../src/scenario/finding.ts'
import { runRelatedTrial } from '../../../src/scenario/related-trial.ts'
import { scenario } from '../../../src/scenario/scenario.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { bedrockConverse } from '../../../src/wire/bedrock/bedrock-converse.ts'
import { eventFrame } from '../../../src/wire/bedrock/event-stream.ts'
import { geminiGenerateContent } from '../../../src/wire/google/gemini-generate-content.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import type { Reply } from '../../../src/wire/reply.ts'
import { readServerSentEvents } from '../../../src/wire/sse/server-sent-events.ts'
import type { Upstream } from '../../../src/wire/upstream.ts'
import { refundUrl, refunds } from '../../faults/_strike.ts'
import { client as anthropic } from '../../wire/anthropic/_client.ts'
import { sdk } from '../../wire/_play.ts'
import { decode, stream as converseStream } from '../../wire/bedrock/_bedrock.ts'

/** What an agent has put together of a streamed reply, piece by piece. */
export class Heard {
  text = ''
  /** Whether the frame has come that ends it. */
  isOver = false
  readonly calls = new Map<number, { name: string; json: string }>()

  begun(index: number, name: string): void {
    this.calls.set(index, { name, json: '' })
  }

  piece(index: number, json: string): void {
    const call = this.calls.get(index)
    if (call !== undefined) call.json += json
  }
}

interface Spoken {
  readonly endpoint: (script: () => ScriptedReply) => Upstream
  /** Reads one streamed reply with the dialect's own client, whatever comes after its end too. */
  readonly hear: (heard: Heard) => Promise<void>
  /** Frames that may come after the end: a word, and a call of the refund. */
  readonly late: { readonly word: Uint8Array; readonly call: Uint8Array } | null
}

const question = { role: 'user' as const, content: 'Refund order A-1.' }
const bytes = (...frames: (JsonObject & { type: string })[]): Uint8Array =>
  new TextEncoder().encode(frames.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`).join(''))

export const spoken = {
  'openai.chat': {
    endpoint: (script) => openAiChat({ script }),
    async hear(heard) {
      const chunks: AsyncIterable<OpenAI.ChatCompletionChunk> = await sdk().chat.completions.create({
        ...{ model: 'gpt-5', messages: [question], stream: true },
      })
      for await (const { choices } of chunks) {
        const [choice] = choices
        heard.text += choice?.delta.content ?? ''
        for (const { index, function: called } of choice?.delta.tool_calls ?? []) {
          if (called?.name !== undefined) heard.begun(index, called.name)
          heard.piece(index, called?.arguments ?? '')
        }
        if (choice?.finish_reason) heard.isOver = true
      }
    },
    late: null,
  },
  'openai.responses': {
    endpoint: (script) => openAiResponses({ script }),
    async hear(heard) {
      const events: AsyncIterable<OpenAI.Responses.ResponseStreamEvent> = await sdk().responses.create({
        ...{ model: 'gpt-5', input: question.content, stream: true },
      })
      for await (const event of events) {
        if (event.type === 'response.output_text.delta') heard.text += event.delta
        if (event.type === 'response.output_item.added' && event.item.type === 'function_call') {
          heard.begun(event.output_index, event.item.name)
        }
        if (event.type === 'response.function_call_arguments.delta') heard.piece(event.output_index, event.delta)
        if (event.type === 'response.completed') heard.isOver = true
      }
    },
    late: {
      word: bytes({ type: 'response.output_text.delta', delta: 'More.', output_index: 0 }),
      call: bytes(
        { type: 'response.output_item.added', output_index: 1, item: { type: 'function_call', name: 'issue_refund' } },
        { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"orderId":"A-1"}' },
      ),
    },
  },
  'anthropic.messages': {
    endpoint: (script) => anthropicMessages({ script }),
    async hear(heard) {
      const events: AsyncIterable<Anthropic.RawMessageStreamEvent> = await anthropic().messages.create({
        ...{ model: 'claude-opus-5', max_tokens: 1_024, messages: [question], stream: true },
      })
      for await (const event of events) {
        if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') {
          heard.begun(event.index, event.content_block.name)
        }
        if (event.type === 'content_block_delta') {
          if (event.delta.type === 'text_delta') heard.text += event.delta.text
          if (event.delta.type === 'input_json_delta') heard.piece(event.index, event.delta.partial_json)
        }
        if (event.type === 'message_stop') heard.isOver = true
      }
    },
    late: {
      word: bytes({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'More.' } }),
      call: bytes(
        { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't', name: 'issue_refund' } },
        {
          type: 'content_block_delta',
          index: 1,
          delta: { type: 'input_json_delta', partial_json: '{"orderId":"A-1"}' },
        },
      ),
    },
  },
  'google.gemini': {
    endpoint: (script) => geminiGenerateContent({ script }),
    async hear(heard) {
      const url = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse'
      const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: question.content }] }] })
      const answer = await fetch(url, { method: 'POST', headers: { 'x-goog-api-key': 'key' }, body })
      await eachPiece(answer, (text) => {
        for (const { data } of readServerSentEvents(text)) {
          const { candidates, error } = JSON.parse(data) as GeminiChunk
          if (error !== undefined) throw new Error('the stream told of an error')
          for (const part of candidates?.[0]?.content?.parts ?? []) {
            heard.text += part.text ?? ''
            if (part.functionCall === undefined) continue
            heard.begun(heard.calls.size, part.functionCall.name)
            heard.piece(heard.calls.size - 1, JSON.stringify(part.functionCall.args))
          }
          if (candidates?.[0]?.finishReason !== undefined) heard.isOver = true
        }
      })
    },
    late: null,
  },
  'bedrock.converse': {
    endpoint: (script) => bedrockConverse({ script }),
    async hear(heard) {
      const answer = await converseStream()
      for (const { headers, payload } of decode(answer.bytes)) {
        if (headers[':message-type'] === 'exception') throw new Error('the stream told of an exception')
        const { contentBlockIndex: index = 0, start, delta, stopReason } = payload as BedrockEvent
        if (start?.toolUse !== undefined) heard.begun(index, start.toolUse.name)
        heard.text += delta?.text ?? ''
        heard.piece(index, delta?.toolUse?.input ?? '')
        if (stopReason !== undefined) heard.isOver = true
      }
    },
    late: {
      word: eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'More.' } }),
      call: Buffer.concat([
        eventFrame('contentBlockStart', {
          contentBlockIndex: 1,
          start: { toolUse: { name: 'issue_refund', toolUseId: 't' } },
        }),
        eventFrame('contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '{"orderId":"A-1"}' } } }),
      ]),
    },
  },
} satisfies Readonly<Record<string, Spoken>>

export type SpokenDialect = keyof typeof spoken

interface GeminiChunk {
  readonly error?: object
  readonly candidates?: readonly {
    readonly finishReason?: string
    readonly content?: {
      readonly parts?: readonly { readonly text?: string; readonly functionCall?: { name: string; args: JsonObject } }[]
    }
  }[]
}

interface BedrockEvent {
  readonly contentBlockIndex?: number
  readonly start?: { readonly toolUse?: { readonly name: string } }
  readonly delta?: { readonly text?: string; readonly toolUse?: { readonly input: string } }
  readonly stopReason?: string
}

/** The frames of a body as they come, each ending with an empty line. */
async function eachPiece({ body }: Response, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of body ?? []) {
    const frames = (rest + decoder.decode(piece, { stream: true })).split(/(?<=\n\r?\n)/)
    rest = frames.at(-1)?.endsWith('\n') === true ? '' : (frames.pop() ?? '')
    for (const frame of frames) take(frame)
  }
}

/** What an agent makes of what it has heard, whether its client threw or not. */
export type Rule = (
  heard: Heard,
  thrown: unknown,
) => { readonly answer: string | null; readonly calls: readonly JsonObject[] }

/** One reply, its refunds, and its words as the answer. */
function agent(dialect: SpokenDialect, rule: Rule) {
  return async (): Promise<Outcome> => {
    const heard = new Heard()
    const thrown = await spoken[dialect].hear(heard).then(
      () => null,
      (error: unknown) => error ?? 'nothing',
    )
    const { answer, calls } = rule(heard, thrown)
    for (const call of calls) await fetch(refundUrl, { method: 'POST', body: JSON.stringify(call) })
    return { answer, stop: answer === null && calls.length === 0 ? 'llm_api_error' : 'end_turn' }
  }
}

export interface Scene {
  readonly reply: ScriptedReply
  readonly faults?: readonly Fault[]
  /** Frames after the end of the stream. */
  readonly late?: Uint8Array
}

/** What one property says of one trial: the sentence of its witness, or its verdict. */
export async function verdictIn(
  dialect: SpokenDialect,
  id: string,
  rule: Rule,
  { reply, faults: planned = [], late }: Scene,
) {
  const property = propertyById(id)
  if (property === undefined) throw new Error(`there is no property ${id}`)
  const endpoint = (): Upstream =>
    withLate(
      spoken[dialect].endpoint(() => reply),
      late,
    )
  const desk = scenario(`streams of ${dialect} judged by ${id}`, {
    agent: () => agent(dialect, rule),
    tasks: [{ id: 'refund', input: question.content }],
    upstreams: () => [endpoint(), refunds()],
    profile: {},
    search: { trials: 1, faults: faults.swarm(faults.stream.all()), properties: [property] },
  })
  const spec = { scenario: desk, judge: judgeFor(desk), seed: 1, trial: 0, plan: { faults: [...planned] } }
  const verdict = (await runRelatedTrial(spec)).verdicts.get(id)
  return verdict?.verdict === 'violated' ? verdict.witness.sentence : verdict?.verdict
}

/** The endpoint with frames more after the end of each of its streams. */
function withLate(upstream: Upstream, late: Uint8Array | undefined): Upstream {
  if (late === undefined) return upstream
  return {
    ...upstream,
    async handle(...given) {
      const reply = (await upstream.handle(...given)) as Reply
      if (typeof reply.body === 'string') return reply
      return { ...reply, body: [...reply.body, { afterMs: 0, bytes: late }] }
    },
  }
}
