import { describe, expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import { messagesOf } from '../../../src/agent/events/message-reader.ts'
import { runTask } from '../../../src/agent/events/run-task.ts'
import { streamMessages } from '../../../src/agent/events/stream-messages.ts'
import type { MessageChunk, StreamMessagesOptions } from '../../../src/agent/events/stream-messages.ts'
import type { MessageShape } from '../../../src/agent/events/task-message.ts'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import type { ModelScript } from '../../../src/wire/model-script.ts'
import { asksFor, atTheDesk, failing, fault, orderTool, refundTool, simplified } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

const task = { id: 'task-1', input: 'Where is my order?' }
const speaksBy = { tool: refundTool, argument: 'id' }
const asked: ModelScript = [
  { content: 'I look.', toolCalls: [{ name: orderTool, arguments: { id: 'A-1' }, id: 'x' }] },
  { content: 'It is done.' },
]
const speaking: ModelScript = [
  { toolCalls: [{ name: refundTool, arguments: { id: 'Hello.' }, id: 'y' }] },
  { toolCalls: [{ name: orderTool, arguments: { id: 'A-1' }, id: 'x' }] },
  { content: 'It is done.' },
]
const call = { type: 'tool_call', id: 'x', name: orderTool, argumentsText: '{"id":"A-1"}' }
const back = { type: 'tool_return', callId: 'x', text: '{}' }
const done = { type: 'assistant', text: 'It is done.' }

async function chunksOf(desk: Desk, options?: StreamMessagesOptions): Promise<readonly MessageChunk[]> {
  const { value } = await atTheDesk(desk, async (_ask, agent) => {
    const chunks: MessageChunk[] = []
    for await (const chunk of streamMessages(agent, task, options)) chunks.push(chunk)
    return chunks
  })
  return value
}

const reportOf = async (desk: Desk, shape?: MessageShape) =>
  (await atTheDesk(desk, (_ask, agent) => runTask(agent, task, shape))).value

describe('a task that is run to its end', () => {
  it.each(['openai', 'anthropic'] as const)(
    'gives its messages, why it ended and what it cost: %s',
    async (provider) => {
      const report = await reportOf({ provider, primary: asked })
      expect(report.messages).toEqual([{ type: 'assistant', text: 'I look.' }, call, back, done])
      expect(report).toMatchObject({ stop: 'end_turn', answer: 'It is done.', errorClass: null, steps: 2 })
      expect(report.usage.outputTokens).toBeGreaterThan(0)
    },
  )

  it('gives the types that are wanted', async () => {
    expect((await reportOf({ primary: asked }, { types: ['tool_call', 'tool_return'] })).messages).toEqual([call, back])
    expect((await reportOf({ primary: asked }, { types: [] })).messages).toEqual([])
  })

  it('gives the calls by which the assistant speaks as its words, and without results', async () => {
    const { messages } = await reportOf({ primary: speaking }, { speaksBy })
    expect(messages).toEqual([{ type: 'assistant', text: 'Hello.' }, call, back, done])
    const plain = await reportOf({ primary: speaking })
    expect(plain.messages.slice(0, 2).map(({ type }) => type)).toEqual(['tool_call', 'tool_return'])
  })

  it('gives such a call as a call where it holds no words', async () => {
    const primary: ModelScript = [
      {
        toolCalls: [
          { name: refundTool, arguments: { id: 5 }, id: 'y' },
          { name: refundTool, arguments: '{"id":', id: 'z' },
        ],
      },
      { content: 'It is done.' },
    ]
    const { messages } = await reportOf({ primary }, { speaksBy })
    expect(messages.map(({ type }) => type)).toEqual([
      'tool_call',
      'tool_call',
      'tool_return',
      'tool_return',
      'assistant',
    ])
  })

  it('gives the call that waits for an approval', async () => {
    const options: Partial<AgentOptions> = {
      policy: { gated: [refundTool], approve: async () => 'pending' },
    }
    const report = await reportOf({ options, primary: asksFor(refundTool, { id: 'A-1' }) })
    expect(report.messages.map(({ type }) => type)).toEqual(['tool_call', 'approval_request'])
    const [asking, request] = report.messages
    expect(request).toEqual({
      type: 'approval_request',
      callId: asking?.type === 'tool_call' ? asking.id : '',
      tool: refundTool,
      arguments: { id: 'A-1' },
    })
    expect(report).toMatchObject({ stop: 'requires_approval', errorClass: null })
  })
})

describe('a stream of messages', () => {
  const streaming: Partial<AgentOptions> = { stream: true, retry: { maxAttempts: 2, baseMs: 1 } }
  const tokensIn = (chunks: readonly MessageChunk[], kind: 'text' | 'call') =>
    chunks.map((chunk) => {
      if (chunk.type !== 'token' || chunk.delta.kind !== kind) return ''
      return chunk.delta.kind === 'call' ? chunk.delta.argumentsText : chunk.delta.text
    })

  it('without tokens is the messages, and then how it ended', async () => {
    const chunks = await chunksOf({ options: streaming, primary: asked })
    expect(chunks.map((chunk) => (chunk.type === 'message' ? chunk.message.type : chunk.type))).toEqual([
      ...['assistant', 'tool_call', 'tool_return', 'assistant'],
      ...['stop', 'usage'],
    ])
    expect(chunks.at(-2)).toEqual({ type: 'stop', stop: 'end_turn', answer: 'It is done.' })
    expect(chunks.at(-1)).toMatchObject({ steps: 2, usage: { outputTokens: expect.any(Number) } })
  })

  it.each(['openai', 'anthropic'] as const)('with tokens has the pieces before their whole: %s', async (provider) => {
    const chunks = await chunksOf({ provider, options: streaming, primary: asked }, { tokens: true })
    const wholeAt = chunks.findIndex(({ type }) => type === 'message')
    expect(tokensIn(chunks.slice(0, wholeAt), 'text').join('')).toBe('I look.')
    expect(JSON.parse(tokensIn(chunks.slice(0, wholeAt), 'call').join(''))).toEqual({ id: 'A-1' })
    expect(chunks[wholeAt]).toEqual({ type: 'message', message: { type: 'assistant', text: 'I look.' } })
  })

  it('has the pieces of wanted types alone, and none of calls by which the assistant speaks', async () => {
    const desk = { options: streaming, primary: asked }
    const words = await chunksOf(desk, { tokens: true, types: ['assistant'] })
    expect(tokensIn(words, 'call').join('')).toBe('')
    expect(tokensIn(words, 'text').join('')).toBe('I look.It is done.')
    const spoken = await chunksOf({ options: streaming, primary: speaking }, { tokens: true, speaksBy })
    expect(tokensIn(spoken, 'call').join('')).toBe('{"id":"A-1"}')
    expect(spoken).toContainEqual({ type: 'message', message: { type: 'assistant', text: 'Hello.' } })
  })

  it('says that pieces are void whose attempt has failed', async () => {
    const cut = fault('sse.cut.reset', 'primary', { on: 'nth', n: 1 }, { afterFrames: 4 })
    const chunks = await chunksOf({ options: streaming, faults: [cut] }, { tokens: true })
    const voidAt = chunks.findIndex(({ type }) => type === 'void')
    expect(tokensIn(chunks.slice(0, voidAt), 'text').join('')).not.toBe('')
    expect(tokensIn(chunks.slice(voidAt), 'text').join('')).toBe('From the primary.')
    const whole = await chunksOf({ options: streaming, faults: [cut] })
    expect(whole.map(({ type }) => type)).toEqual(['message', 'stop', 'usage'])
  })

  it('voids nothing where no piece was given', async () => {
    const chunks = await chunksOf({ options: streaming, faults: [failing(1)] }, { tokens: true })
    expect(chunks.map(({ type }) => type)).not.toContain('void')
  })
})

describe('a stream that fails', () => {
  const last = async (desk: Desk) => (await chunksOf(desk)).slice(-3)
  const noAnswer = (stop: string) => ({ type: 'stop', stop, answer: null })

  it.each<[string, Desk, string, string]>([
    ['the service is down', { faults: [failing(1)] }, 'server', 'llm_api_error'],
    ['the key is wrong', { faults: [fault('openai.401', 'primary')] }, 'auth', 'llm_api_error'],
    ['its limit is reached', { faults: [fault('openai.429.rpm', 'primary')] }, 'rate_limited', 'llm_api_error'],
    [
      'the history is too long',
      { faults: [fault('openai.400.context', 'primary')] },
      'context_overflow',
      'context_window_exceeded',
    ],
    ['the reply is none', { primary: [{ content: '' }] }, 'invalid_reply', 'invalid_llm_response'],
    ['it asks for nothing', { options: { toolCalls: 'required' } }, 'invalid_reply', 'no_tool_call'],
    [
      'time is up',
      {
        faults: [fault('latency.fixed', 'primary', undefined, { ms: 9_000 })],
        options: { timeouts: { taskMs: 1_000 } },
      },
      'deadline',
      'deadline',
    ],
  ])('says so before its end: %s', async (_case, desk, errorClass, stop) => {
    const [error, end, usage] = await last(desk)
    expect(error).toEqual({ type: 'error', errorClass })
    expect(end).toEqual(noAnswer(stop))
    expect(usage?.type).toBe('usage')
  })

  it('says so where a text takes the place of the answer', async () => {
    const sources = [{ kind: 'text' as const, text: 'We are closed.' }]
    const [error, end] = await last({ options: { fallback: { sources } }, faults: [failing(1)] })
    expect(error).toEqual({ type: 'error', errorClass: 'server' })
    expect(end).toEqual({ type: 'stop', stop: 'llm_api_error', answer: 'We are closed.' })
  })

  it('says nothing where another model has answered', async () => {
    const chunks = await chunksOf({ options: { fallback: { sources: [simplified] } }, faults: [failing(1)] })
    expect(chunks.map(({ type }) => type)).toEqual(['message', 'stop', 'usage'])
  })

  it('says so where the agent asks nobody', async () => {
    const { value } = await atTheDesk(
      {
        options: { safeMode: { failedTasks: 1, probeAfterMs: 60_000, message: 'Later.' } },
        faults: [failing(1)],
      },
      async (_ask, agent) => [await runTask(agent, task), await runTask(agent, { ...task, id: 'task-2' })],
    )
    expect(value).toMatchObject([
      { stop: 'llm_api_error', errorClass: 'server' },
      { stop: 'error', errorClass: 'refused', answer: 'Later.' },
    ])
  })

  it('is no failure of its reader: one that cancels reads that', async () => {
    const { value } = await atTheDesk({ primary: asked }, async (_ask, agent) => {
      const caller = new AbortController()
      const chunks: MessageChunk[] = []
      for await (const chunk of streamMessages(agent, task, { signal: caller.signal })) {
        caller.abort()
        chunks.push(chunk)
      }
      return chunks
    })
    expect(value.slice(-3, -1)).toEqual([{ type: 'error', errorClass: 'cancelled' }, noAnswer('cancelled')])
  })
})

describe('a conversation', () => {
  const conversation: Conversation = [
    { role: 'system', content: 'You help.' },
    { role: 'user', content: 'Where?' },
    {
      role: 'assistant',
      content: 'I look.',
      reasoning: [
        { kind: 'text', text: 'Hm.', signature: 'c2ln' },
        { kind: 'redacted', data: 'eA==' },
      ],
      calls: [{ id: 'x', name: orderTool, argumentsText: '{"id":"A-1"}' }],
    },
    { role: 'tool', callId: 'x', content: '{}' },
  ]

  it('is its messages, in their order', () => {
    expect(messagesOf(conversation)).toEqual([
      { type: 'system', text: 'You help.' },
      { type: 'user', text: 'Where?' },
      { type: 'reasoning', text: 'Hm.', signature: 'c2ln' },
      { type: 'reasoning', text: null, signature: null },
      { type: 'assistant', text: 'I look.' },
      call,
      back,
    ])
    expect(messagesOf(conversation, { types: ['user'] })).toEqual([{ type: 'user', text: 'Where?' }])
    const spoken = messagesOf(conversation, { speaksBy: { tool: orderTool, argument: 'id' } })
    expect(spoken.slice(-2)).toEqual([
      { type: 'assistant', text: 'I look.' },
      { type: 'assistant', text: 'A-1' },
    ])
  })
})
