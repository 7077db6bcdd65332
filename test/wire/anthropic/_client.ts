import '../_play.ts'
import Anthropic from '@anthropic-ai/sdk'
import { type AnthropicMessagesOptions, anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { play } from '../_play.ts'

/** The official client, whatever the environment says; without retries of its own unless a test is about them. */
export function client(options: ConstructorParameters<typeof Anthropic>[0] = {}): Anthropic {
  const fixed = { apiKey: 'sk-ant-test', authToken: null, baseURL: 'https://api.anthropic.com', maxRetries: 0 }
  return new Anthropic({ ...fixed, ...options })
}

/** The smallest request there is. */
export const greeting = {
  model: 'claude-opus-5',
  max_tokens: 1_024,
  messages: [{ role: 'user', content: 'Good morning.' }],
} satisfies Anthropic.MessageCreateParams

/** Runs a function in a world whose one upstream answers as options say, by default `Hello.` to everything. */
export function converse<Value>(options: Partial<AnthropicMessagesOptions>, run: () => Promise<Value>, seed?: string) {
  const upstreams = [anthropicMessages({ script: () => ({ content: 'Hello.' }), ...options })]
  return play({ upstreams, ...(seed === undefined ? {} : { seed }) }, run)
}

/** What tests read of an answer's body. */
interface AnswerBody {
  readonly id?: string
  readonly error: { readonly type: string; readonly message: string }
}

/** Sends a body by `fetch`, as a client that checks nothing does. */
export async function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch('https://api.anthropic.com/v1/messages?beta=true', {
    method: 'POST',
    headers: { 'x-api-key': 'sk-ant-test', 'anthropic-version': '2023-06-01', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as AnswerBody,
  }
}

export const tools: Anthropic.Tool[] = [
  {
    name: 'look_up_order',
    description: 'Looks an order up.',
    input_schema: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
  },
]
