import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import type { Client } from './plain-clients.ts'
import { saidIn, told } from './said.ts'
import { type Patience, type Sight, errorWords } from './sight.ts'

/** What an SDK does with one call of its dialect, when no attempt is repeated. */
type Ask = (body: never, origin: string, patience: Patience) => Promise<string>

interface Sdk {
  /** The plain way: a whole reply, or a loop over the events of a stream. */
  readonly plain: Ask
  /** The helper that puts a stream together. */
  readonly helper: Ask
}

const chat: Sdk = {
  plain: async (body: OpenAI.ChatCompletionCreateParams, origin, patience) => {
    const reply = await openAi(origin, patience).chat.completions.create(body, signalOf(patience))
    if (!(Symbol.asyncIterator in reply)) return saidIn(reply)
    return loop(reply, ({ choices: [choice] }) => [choice?.delta.content ?? '', choice?.finish_reason ?? null])
  },
  helper: async (body: OpenAI.ChatCompletionCreateParamsStreaming, origin, patience) =>
    saidIn(await openAi(origin, patience).chat.completions.stream(body, signalOf(patience)).finalChatCompletion()),
}

const responses: Sdk = {
  plain: async (body: OpenAI.Responses.ResponseCreateParams, origin, patience) => {
    const reply = await openAi(origin, patience).responses.create(body, signalOf(patience))
    if (!(Symbol.asyncIterator in reply)) return saidIn(reply)
    return loop(reply, (event) => [
      event.type === 'response.output_text.delta' ? event.delta : '',
      /^(?:error|response\.(?:completed|failed|incomplete))$/.test(event.type) ? event.type : null,
    ])
  },
  helper: async (body: OpenAI.Responses.ResponseCreateParamsStreaming, origin, patience) =>
    saidIn(await openAi(origin, patience).responses.stream(body, signalOf(patience)).finalResponse()),
}

const messages: Sdk = {
  plain: async (body: Anthropic.MessageCreateParams, origin, patience) => {
    const reply = await anthropic(origin, patience).messages.create(body, signalOf(patience))
    if (!(Symbol.asyncIterator in reply)) return saidIn(reply)
    return loop(reply, (event) => [
      event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '',
      event.type === 'message_delta' ? event.delta.stop_reason : null,
    ])
  },
  helper: async (body: Anthropic.MessageStreamParams, origin, patience) =>
    saidIn(await anthropic(origin, patience).messages.stream(body, signalOf(patience)).finalMessage()),
}

const sdks: Readonly<Record<string, Sdk>> = {
  '/v1/chat/completions': chat,
  '/v1/responses': responses,
  '/v1/messages': messages,
}

/** The official client of the sample's dialect, used as most programs do. */
export const sdkClient: Client = asking('plain')

/** The helper of the official client that puts a stream together. */
export const helperClient: Client = asking('helper')

/** Whether there is an official client for a call. */
export function hasSdk(url: string): boolean {
  return new URL(url).pathname in sdks
}

function asking(way: keyof Sdk): Client {
  return async ({ request: { url, body } }, origin, patience): Promise<Sight> => {
    const ask = sdks[new URL(url).pathname]?.[way]
    if (ask === undefined) throw new Error(`no official client speaks to ${url}`)
    try {
      return { words: await ask(JSON.parse(body) as never, origin, patience) }
    } catch (error) {
      return { words: errorWords(error) }
    }
  }
}

/** Goes through a stream to its end, or to where it breaks: then what had come is part of what is seen. */
async function loop<Event>(
  stream: AsyncIterable<Event>,
  read: (event: Event) => readonly [text: string, reason: string | null],
): Promise<string> {
  let text = ''
  let ended: string | null = null
  try {
    for await (const event of stream) {
      const [more, reason] = read(event)
      text += more
      ended = reason ?? ended
    }
    return told([text], [], ended)
  } catch (error) {
    return `${told([text], [], ended)}, then ${errorWords(error)}`
  }
}

function openAi(origin: string, { timeoutMs }: Patience): OpenAI {
  return new OpenAI({
    apiKey: 'sk-sample',
    baseURL: `${origin}/v1`,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  })
}

function anthropic(origin: string, { timeoutMs }: Patience): Anthropic {
  return new Anthropic({ apiKey: 'sk-sample', baseURL: origin, maxRetries: 0, timeout: timeoutMs, logLevel: 'off' })
}

function signalOf({ signalMs }: Patience): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(signalMs) }
}
