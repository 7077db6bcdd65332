import Anthropic from '@anthropic-ai/sdk'
import { expect, it } from 'vitest'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const script = () => ({ content: 'Your order has been shipped.' })

/** What fetch gets of one request: its content type and its text. */
async function answered(url: string, body: object) {
  const headers = { authorization: 'Bearer sk-test', 'x-api-key': 'sk-test', 'anthropic-version': '2023-06-01' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { type: response.headers.get('content-type'), text: await response.text() }
}

const message = { model: 'claude-opus-5', max_tokens: 100, messages: greeting.messages }

it.each([
  ['openai.chat', openAiChat({ script }), 'https://api.openai.com/v1/chat/completions', greeting],
  ['anthropic.messages', anthropicMessages({ script }), 'https://api.anthropic.com/v1/messages', message],
] as const)(
  'a stream of %s comes as JSON, and a whole reply as a stream, and both say the same',
  async (_, upstream, url, body) => {
    const upstreams = [upstream]
    const whole = await play({ upstreams, faults: [fault('sse.as_json', modelTarget)] }, () =>
      answered(url, { ...body, stream: true }),
    )
    expect(whole.value.type).toBe('application/json')
    expect(JSON.stringify(JSON.parse(whole.value.text))).toContain('Your order has been shipped.')
    const streamed = await play({ upstreams, faults: [fault('sse.as_json', modelTarget, { form: 'stream' })] }, () =>
      answered(url, body),
    )
    expect(streamed.value.type).toContain('text/event-stream')
    expect(streamed.value.text).toMatch(/^(data|event): /)
    expect([whole.deliveries, streamed.deliveries]).toEqual([[1], [1]])
  },
)

it('is an empty stream to the loops of both SDKs, and no error', async () => {
  const faults = [fault('sse.as_json', modelTarget)]
  const chat = await play({ upstreams: [openAiChat({ script })], faults }, async () => {
    const events = []
    for await (const event of await sdk().chat.completions.create({ ...greeting, stream: true })) events.push(event)
    return events
  })
  expect(chat.value).toEqual([])
  const messages = await play({ upstreams: [anthropicMessages({ script })], faults }, async () => {
    const client = new Anthropic({ apiKey: 'key', maxRetries: 0 })
    const events = []
    for await (const event of await client.messages.create({ ...message, stream: true })) events.push(event)
    return events
  })
  expect(messages.value).toEqual([])
})

it('strikes nothing that comes in that form anyway', async () => {
  const { deliveries } = await play(
    { upstreams: [openAiChat({ script })], faults: [fault('sse.as_json', modelTarget)] },
    () => sdk().chat.completions.create(greeting),
  )
  expect(deliveries).toEqual([0])
})
