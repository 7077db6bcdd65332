import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScriptedReply, TurnMessage } from '../../../src/wire/model-script.ts'
import { anyReplies, soundReplies } from '../anthropic/_replies.ts'
import { candidateOf, candidatesOf, converse, post, stream } from './_gemini.ts'

const lookUp: ScriptedReply = { toolCalls: [{ name: 'look_up', arguments: { orderId: 'A-1' } }] }
const tools = [{ functionDeclarations: [{ name: 'look_up', parameters: { type: 'object' } }] }]
const user = (text: string) => ({ role: 'user', parts: [{ text }] })

describe('a whole response', () => {
  it('is indented JSON with every field of the service', async () => {
    const { value } = await converse({}, () => post())
    expect(value.status).toBe(200)
    expect(value.headers['content-type']).toBe('application/json; charset=UTF-8')
    expect(value.text.replace(/"responseId": "\w{22}"/, '"responseId": "id"')).toBe(`{
  "candidates": [
    {
      "content": {
        "parts": [
          {
            "text": "Hello."
          }
        ],
        "role": "model"
      },
      "finishReason": "STOP",
      "index": 0
    }
  ],
  "usageMetadata": {
    "promptTokenCount": 10,
    "candidatesTokenCount": 2,
    "totalTokenCount": 12,
    "promptTokensDetails": [
      {
        "modality": "TEXT",
        "tokenCount": 10
      }
    ]
  },
  "modelVersion": "gemini-3-flash",
  "responseId": "id"
}
`)
  })

  it('has function calls with identifiers, and ends for STOP', async () => {
    const { value, events } = await converse({ script: [lookUp] }, () => post({ contents: [user('Where?')], tools }))
    expect(candidateOf(value)).toEqual({
      content: {
        parts: [
          {
            functionCall: {
              id: expect.stringMatching(/^[a-z0-9]{8}$/) as unknown,
              name: 'look_up',
              args: { orderId: 'A-1' },
            },
          },
        ],
        role: 'model',
      },
      finishReason: 'STOP',
      index: 0,
    })
    expect(events.find((event) => event.type === 'request.sent')?.model?.offeredTools).toEqual(['look_up'])
  })

  it.each<[ScriptedReply, object]>([
    [{ content: '' }, { content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'STOP', index: 0 }],
    [{ content: null }, { content: { role: 'model' }, finishReason: 'STOP', index: 0 }],
    [{ finishReason: 'content_filter' }, { finishReason: 'SAFETY', index: 0 }],
    [
      { content: 'Half', finishReason: 'length' },
      { content: { parts: [{ text: 'Half' }], role: 'model' }, finishReason: 'MAX_TOKENS', index: 0 },
    ],
    [
      { toolCalls: [{ name: 'look_up', arguments: '{"orderId":' }] },
      { content: {}, finishReason: 'MALFORMED_FUNCTION_CALL', index: 0 },
    ],
    [
      { refusal: 'I cannot.' },
      { content: { parts: [{ text: 'I cannot.' }], role: 'model' }, finishReason: 'STOP', index: 0 },
    ],
  ])('%j', async (reply, candidate) => {
    const { value } = await converse({ script: [reply] }, () => post())
    expect(candidateOf(value)).toEqual(candidate)
  })
})

describe('a stream', () => {
  it('is of events with one response each, whose lines end with CRLF', async () => {
    const { value } = await converse({ script: [{ content: 'Hello.' }] }, () => stream())
    expect(value.headers['content-type']).toBe('text/event-stream')
    const [first = '', ...rest] = value.text.split('\r\n\r\n')
    expect(first.replace(/"responseId": "\w{22}"/, '"responseId": "id"')).toBe(
      'data: {"candidates": [{"content": {"parts": [{"text": "Hello"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 10,"candidatesTokenCount": 1,"totalTokenCount": 11,"promptTokensDetails": [{"modality": "TEXT","tokenCount": 10}]},"modelVersion": "gemini-3-flash","responseId": "id"}',
    )
    expect(rest.at(-1)).toBe('')
    expect(rest).toHaveLength(3)
    const candidates = candidatesOf(value)
    expect(candidates.map(({ finishReason }) => finishReason)).toEqual([undefined, undefined, 'STOP'])
  })

  it('without alt=sse is one array of the same responses', async () => {
    const script = () => ({ content: 'Hello.' })
    const { value } = await converse({ script }, async () => [
      await stream(),
      await post(undefined, 'streamGenerateContent'),
    ])
    const [events, array] = value
    expect(array?.headers['content-type']).toBe('application/json; charset=UTF-8')
    const elements = JSON.parse(array?.text ?? '') as { candidates: unknown[] }[]
    expect(elements.flatMap(({ candidates }) => candidates)).toEqual(events && candidatesOf(events))
  })

  it('says what the whole response says, whatever a script wants said', async () => {
    await fc.assert(
      fc.asyncProperty(anyReplies, fc.integer({ min: 1, max: 9 }), async (reply, tokensPerChunk) => {
        const { value, events } = await converse({ script: () => reply, pace: { tokensPerChunk } }, async () => [
          await post(),
          await stream(),
        ])
        const ends = events.filter((event) => event.type === 'response.end')
        const [whole, pieces] = ends.map(({ model }) => withoutIds(model))
        expect(pieces).toEqual(whole)
        const [answer, streamed] = value
        if (answer === undefined || streamed === undefined) throw new Error('no answers')
        const chunks = candidatesOf(streamed)
        expect(chunks.at(-1)?.finishReason).toBe(candidateOf(answer)?.finishReason)
        const parts = chunks.flatMap(({ content }) => content?.parts ?? [])
        expect(textOf(parts)).toBe(textOf(candidateOf(answer)?.content?.parts ?? []))
      }),
      { numRuns: 60 },
    )
  })

  it('carries the calls of a script as they are', async () => {
    await fc.assert(
      fc.asyncProperty(soundReplies, async (reply) => {
        const { events } = await converse({ script: () => reply }, () => stream())
        const end = events.find((event) => event.type === 'response.end')
        const calls = end?.model?.toolCalls.map(({ name, arguments: args }) => [name, JSON.parse(args) as unknown])
        const scripted = (reply.toolCalls ?? []).map(({ name, arguments: args }) => [
          name,
          typeof args === 'string' ? (JSON.parse(args) as unknown) : args,
        ])
        expect(calls).toEqual(scripted)
      }),
      { numRuns: 60 },
    )
  })
})

function textOf(parts: readonly { text?: string | undefined }[]) {
  return parts.map(({ text = '' }) => text).join('')
}

function withoutIds<View extends { toolCalls: readonly { id: string }[] }>(view: View | null) {
  return view && { ...view, toolCalls: view.toolCalls.map(({ id: _, ...call }) => call) }
}

describe('a conversation', () => {
  const call = { functionCall: { name: 'look_up', args: { orderId: 'A-1' } } }
  const result = { functionResponse: { name: 'look_up', response: { state: 'shipped' } } }
  const history = [user('Where?'), { role: 'model', parts: [call, call] }, { role: 'user', parts: [result, result] }]

  it('reaches the script in the form that it has in every dialect', async () => {
    const seen: TurnMessage[] = []
    const script = ({ messages }: { messages: readonly TurnMessage[] }) => (
      seen.push(...messages),
      { content: 'Noted.' }
    )
    await converse({ script }, () =>
      post({ system_instruction: { parts: [{ text: 'Be brief.' }] }, contents: history, tools }),
    )
    const calls = ['look_up#0', 'look_up#1'].map((id) => ({ id, name: 'look_up', arguments: '{"orderId":"A-1"}' }))
    expect(seen).toEqual([
      { role: 'system', text: 'Be brief.', toolCalls: [], toolCallId: null },
      { role: 'user', text: 'Where?', toolCalls: [], toolCallId: null },
      { role: 'assistant', text: '', toolCalls: calls, toolCallId: null },
      { role: 'tool', text: '{"state":"shipped"}', toolCalls: [], toolCallId: 'look_up#0' },
      { role: 'tool', text: '{"state":"shipped"}', toolCalls: [], toolCallId: 'look_up#1' },
    ])
  })

  it('is paired by identifiers where it has them', async () => {
    const withId = (id: string) => [
      { functionCall: { ...call.functionCall, id } },
      { functionResponse: { ...result.functionResponse, id } },
    ]
    const [[callA, resultA], [callB, resultB]] = [withId('a'), withId('b')]
    const contents = [user('?'), { role: 'model', parts: [callA, callB] }, { role: 'user', parts: [resultB, resultA] }]
    const { events } = await converse({}, () => post({ contents }))
    const sent = events.find((event) => event.type === 'request.sent')?.model
    expect(sent?.toolCalls.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(sent?.toolResults.map(({ callId }) => callId)).toEqual(['b', 'a'])
  })

  it.each([
    ['a call without its response', history.slice(0, 2)],
    ['fewer responses than calls', [...history.slice(0, 2), { role: 'user', parts: [result] }]],
    ['a response without its call', [user('Where?'), { role: 'user', parts: [result] }]],
  ])('is refused with %s', async (_what, contents) => {
    const { value } = await converse({}, () => post({ contents }))
    expect(value.status).toBe(400)
    expect(JSON.parse(value.text)).toEqual({
      error: {
        code: 400,
        message: expect.stringMatching(/^Please ensure that /) as unknown,
        status: 'INVALID_ARGUMENT',
      },
    })
  })
})

describe('a request that is refused', () => {
  it.each([
    [{}, 403, 'PERMISSION_DENIED'],
    [{ authorization: 'Bearer token' }, 200, undefined],
    [{ 'x-goog-api-key': 'key' }, 200, undefined],
  ])('needs a key: %j is %i', async (headers, status, name) => {
    const { value } = await converse({}, () => post(undefined, 'generateContent', headers))
    expect(value.status).toBe(status)
    expect((JSON.parse(value.text) as { error?: { status: string } }).error?.status).toBe(name)
  })

  it('may have its key in its address', async () => {
    const { value } = await converse({}, () => post(undefined, 'generateContent?key=key', {}))
    expect(value.status).toBe(200)
  })

  it.each(['{', '{}', '{"contents":[]}', '{"contents":[{"role":"owner","parts":[]}]}'])(
    'as malformed: %s',
    async (body) => {
      const { value, events } = await converse({}, () => post(body))
      expect(value.status).toBe(400)
      expect(events.at(-1)).toMatchObject({ class: 'neutral', errorCode: 'INVALID_ARGUMENT' })
    },
  )

  it('as too long', async () => {
    const { value } = await converse({ windowTokens: 9 }, () => post())
    expect(value.status).toBe(400)
    expect(value.text).toContain('The input token count (10) exceeds the maximum number of tokens allowed (9).')
  })

  it('because a quota is used up, until the time that the body tells has passed', async () => {
    const { value } = await converse({ limits: { requestsPerMinute: 1, tokensPerMinute: 1_000 } }, async () => {
      const first = await post()
      const second = await post()
      const [, delay = '0'] = /"retryDelay": "([\d.]+)s"/.exec(second.text) ?? []
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(Number(delay) * 1_000)))
      return [first, second, await post()].map(({ status }) => status)
    })
    expect(value).toEqual([200, 429, 200])
  })
})
