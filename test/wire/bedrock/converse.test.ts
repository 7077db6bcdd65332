import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScriptedReply, TurnMessage } from '../../../src/wire/model-script.ts'
import { anyReplies } from '../anthropic/_replies.ts'
import { type Decoded, converse, decode, post, stream } from './_bedrock.ts'

const lookUp: ScriptedReply = {
  content: 'Let me see.',
  toolCalls: [{ name: 'look_up', arguments: { orderId: 'A-1' } }],
}
const user = (text: string) => ({ role: 'user', content: [{ text }] })

describe('a whole response', () => {
  it('has every field of the service', async () => {
    const { value } = await converse({}, () => post())
    expect(value.status).toBe(200)
    expect(value.headers['content-type']).toBe('application/json')
    expect(value.headers['x-amzn-requestid']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(value.text).toBe(
      '{"metrics":{"latencyMs":600},"output":{"message":{"content":[{"text":"Hello."}],"role":"assistant"}},"stopReason":"end_turn","usage":{"inputTokens":10,"outputTokens":2,"totalTokens":12}}',
    )
  })

  it.each<[ScriptedReply, unknown[], string]>([
    [
      lookUp,
      [
        { text: 'Let me see.' },
        {
          toolUse: { input: { orderId: 'A-1' }, name: 'look_up', toolUseId: expect.stringMatching(/^tooluse_\w{22}$/) },
        },
      ],
      'tool_use',
    ],
    [{ content: 'Half', finishReason: 'length' }, [{ text: 'Half' }], 'max_tokens'],
    [{ content: null, finishReason: 'content_filter' }, [], 'content_filtered'],
    [{ refusal: 'I cannot.' }, [{ text: 'I cannot.' }], 'end_turn'],
    [
      { toolCalls: [{ name: 'look_up', arguments: '{"a":', id: 'x' }] },
      [{ toolUse: { input: '{"a":', name: 'look_up', toolUseId: 'x' } }],
      'tool_use',
    ],
  ])('%j', async (reply, content, stopReason) => {
    const { value } = await converse({ script: [reply] }, () => post())
    expect(JSON.parse(value.text)).toMatchObject({ output: { message: { content } }, stopReason })
  })
})

/** The payloads of events, without their padding, by name. */
function eventsOf(decoded: readonly Decoded[]) {
  return decoded.map(({ headers, payload: { p: _, ...payload } }) => [headers[':event-type'], payload])
}

describe('a stream, read by the official codec', () => {
  it('has the events of the service', async () => {
    const { value } = await converse({ script: [lookUp], pace: { tokensPerChunk: 100 } }, () => stream())
    expect(value.headers['content-type']).toBe('application/vnd.amazon.eventstream')
    const decoded = decode(value.bytes)
    expect(eventsOf(decoded)).toEqual([
      ['messageStart', { role: 'assistant' }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Let me see.' } }],
      ['contentBlockStop', { contentBlockIndex: 0 }],
      [
        'contentBlockStart',
        {
          contentBlockIndex: 1,
          start: { toolUse: { name: 'look_up', toolUseId: expect.stringMatching(/^tooluse_\w{22}$/) as unknown } },
        },
      ],
      ['contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '{"orderId":"A-1"}' } } }],
      ['contentBlockStop', { contentBlockIndex: 1 }],
      ['messageStop', { stopReason: 'tool_use' }],
      ['metadata', { metrics: { latencyMs: 600 }, usage: { inputTokens: 10, outputTokens: 17, totalTokens: 27 } }],
    ])
    for (const { headers, payload } of decoded) {
      expect(headers).toMatchObject({ ':content-type': 'application/json', ':message-type': 'event' })
      expect(payload['p']).toMatch(/^abcd/)
    }
  })

  it('says what the whole response says, whatever a script wants said', async () => {
    await fc.assert(
      fc.asyncProperty(anyReplies, fc.integer({ min: 1, max: 9 }), async (reply, tokensPerChunk) => {
        const { value, events } = await converse({ script: () => reply, pace: { tokensPerChunk } }, async () => [
          await post(),
          await stream(),
        ])
        const [whole, pieces] = events.filter((event) => event.type === 'response.end').map(({ model }) => model)
        expect(pieces?.content).toBe(whole?.content)
        expect(pieces?.finishReason).toBe(whole?.finishReason)
        expect(pieces?.toolCalls.map(({ name }) => name)).toEqual(whole?.toolCalls.map(({ name }) => name))
        const written = (reply.toolCalls ?? []).map(({ arguments: args }) =>
          typeof args === 'string' ? args || '{}' : JSON.stringify(args),
        )
        expect(pieces?.toolCalls.map(({ arguments: args }) => args)).toEqual(written)
        const names = eventsOf(decode(value[1]?.bytes ?? new Uint8Array())).map(([name]) => name)
        expect(names.slice(-2)).toEqual(['messageStop', 'metadata'])
      }),
      { numRuns: 60 },
    )
  })
})

describe('a conversation', () => {
  const use = { toolUse: { toolUseId: 'tooluse_a', name: 'look_up', input: { orderId: 'A-1' } } }
  const result = { toolResult: { toolUseId: 'tooluse_a', content: [{ json: { state: 'shipped' } }] } }
  const history = [user('Where?'), { role: 'assistant', content: [use] }, { role: 'user', content: [result] }]

  it('reaches the script in the form that it has in every dialect', async () => {
    const seen: TurnMessage[] = []
    const script = ({ messages }: { messages: readonly TurnMessage[] }) => (
      seen.push(...messages),
      { content: 'Noted.' }
    )
    const toolConfig = { tools: [{ toolSpec: { name: 'look_up', inputSchema: { json: { type: 'object' } } } }] }
    const { events } = await converse({ script }, () =>
      post({ system: [{ text: 'Be brief.' }], messages: history, toolConfig, inferenceConfig: { maxTokens: 50 } }),
    )
    const toolCalls = [{ id: 'tooluse_a', name: 'look_up', arguments: '{"orderId":"A-1"}' }]
    expect(seen).toEqual([
      { role: 'system', text: 'Be brief.', toolCalls: [], toolCallId: null },
      { role: 'user', text: 'Where?', toolCalls: [], toolCallId: null },
      { role: 'assistant', text: '', toolCalls, toolCallId: null },
      { role: 'tool', text: '{"state":"shipped"}', toolCalls: [], toolCallId: 'tooluse_a' },
    ])
    expect(events.find((event) => event.type === 'request.sent')?.model).toMatchObject({
      model: 'amazon.nova-pro-v1:0',
      offeredTools: ['look_up'],
      toolCalls,
      toolResults: [{ callId: 'tooluse_a', content: '{"state":"shipped"}' }],
      maxOutputTokens: 50,
    })
  })

  it.each([
    ['a call without its result', history.slice(0, 2), /^Expected toolResult blocks at messages\.2\.content for the/],
    ['a call that nobody answers', [...history.slice(0, 2), user('Well?')], /messages\.2\.content .* Ids: tooluse_a$/],
    [
      'a result without its call',
      [user('Where?'), { role: 'user', content: [result] }],
      /exceeds the number of toolUse/,
    ],
    ['a reply first', [{ role: 'assistant', content: [{ text: 'Hi' }] }], /^A conversation must start with a user/],
  ])('is refused with %s', async (_what, messages, words) => {
    const { value, events } = await converse({}, () => post({ messages }))
    expect(value.status).toBe(400)
    expect(JSON.parse(value.text)).toEqual({ message: expect.stringMatching(words) as unknown })
    expect(events.at(-1)).toMatchObject({ class: 'neutral', errorCode: 'ValidationException' })
  })
})

describe('a request that is refused', () => {
  it('without a signature or a key', async () => {
    const { value } = await converse({}, () => post(undefined, 'converse', {}))
    expect(value.status).toBe(403)
    expect(value.headers['x-amzn-errortype']).toMatch(/^MissingAuthenticationTokenException:http/)
    const bearer = await converse({}, () => post(undefined, 'converse', { authorization: 'Bearer key' }))
    expect(bearer.value.status).toBe(200)
  })

  it.each(['{', '{}', '{"messages":[]}'])('as malformed: %s', async (body) => {
    const { value } = await converse({}, () => post(body))
    expect(value.status).toBe(400)
    expect(value.headers['x-amzn-errortype']).toMatch(/^ValidationException:/)
  })

  it('as too long', async () => {
    const { value } = await converse({ windowTokens: 9 }, () => post())
    expect(value.text).toBe('{"message":"Input is too long for requested model."}')
  })

  it('because a limit is used up, without a hint how long to wait', async () => {
    const limits = { requestsPerMinute: 1, tokensPerMinute: 1_000 }
    const { value } = await converse({ limits }, async () => [await post(), await post()])
    expect(value.map(({ status }) => status)).toEqual([200, 429])
    expect(value[1]?.text).toBe('{"message":"Too many requests, please wait before trying again."}')
    expect(value[1]?.headers['retry-after']).toBeUndefined()
  })
})
