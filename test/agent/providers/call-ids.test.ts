import { describe, expect, it } from 'vitest'
import { ok, says } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'
import type { Reply } from '../scripted-server.ts'
import { chatCalls, chatStream, message, messageStream } from './_replies.ts'

type Provider = 'openai' | 'anthropic'

const input = { orderId: 'A-1001' }
const functionCall = { name: 'look_up_order', arguments: JSON.stringify(input) }
const toolUse = { type: 'tool_use', name: 'look_up_order', input }

const done = {
  openai: says('Done.'),
  anthropic: message([{ type: 'text', text: 'Done.' }], 'end_turn'),
  openaiStream: chatStream([{ content: 'Done.' }], 'stop'),
  anthropicStream: messageStream(
    [{ start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: 'Done.' }] }],
    'end_turn',
  ),
}

/** A streamed call of Chat Completions, and one of the Messages API. */
const delta = (index: number, more: object = {}) => ({ tool_calls: [{ index, function: functionCall, ...more }] })
const block = (more: object = {}) => ({
  start: { type: 'tool_use', name: 'look_up_order', input: {}, ...more },
  deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(input) }],
})

/** The calls and results in the last request, by their ids. */
async function pairs(
  provider: Provider,
  stream: boolean,
  asked: Reply,
  back: readonly Reply[] = [ok({ at: 1 }), ok({ at: 2 })],
) {
  const last = done[stream ? (`${provider}Stream` as const) : provider]
  const ran = await runAgent({ provider, options: { stream }, model: [asked, last], back })
  expect(ran.outcome).toEqual({ answer: 'Done.', stop: 'end_turn' })
  const { messages } = JSON.parse(ran.model.seen[1]?.text ?? '{}')
  const [turn, ...rest] = messages.slice(provider === 'openai' ? 2 : 1)
  const called: { id: string }[] =
    provider === 'openai' ? turn.tool_calls : turn.content.filter(({ type }: { type: string }) => type === 'tool_use')
  const answers: { id: string; content: string }[] = (provider === 'openai' ? rest : rest[0].content).map(
    (one: { tool_call_id?: string; tool_use_id?: string; content: string }) => ({
      id: one.tool_call_id ?? one.tool_use_id ?? '',
      content: one.content,
    }),
  )
  return { calls: called.map(({ id }) => id), answers, back: ran.back.seen.length }
}

describe('calls that come without an id', () => {
  it.each<[string, Provider, boolean, Reply]>([
    [
      'OpenAI, none',
      'openai',
      false,
      chatCalls([
        { type: 'function', function: functionCall },
        { type: 'function', function: functionCall },
      ]),
    ],
    [
      'OpenAI, empty',
      'openai',
      false,
      chatCalls([
        { id: '', function: functionCall },
        { id: null, function: functionCall },
      ]),
    ],
    ['OpenAI, streamed', 'openai', true, chatStream([delta(0), delta(1, { id: '' })], 'tool_calls')],
    ['Anthropic, none', 'anthropic', false, message([toolUse, toolUse])],
    [
      'Anthropic, empty',
      'anthropic',
      false,
      message([
        { ...toolUse, id: '' },
        { ...toolUse, id: null },
      ]),
    ],
    ['Anthropic, streamed', 'anthropic', true, messageStream([block(), block({ id: '' })], 'tool_use')],
  ])('get one each, and both run: %s', async (_case, provider, stream, reply) => {
    const { calls, answers, back } = await pairs(provider, stream, reply)
    expect(new Set(calls).size).toBe(2)
    for (const id of calls) expect(id).toMatch(/^call_[0-9a-f]{32}$/)
    expect(answers.map(({ id }) => id)).toEqual(calls)
    expect(back).toBe(2)
  })
})

describe('calls under one id', () => {
  it.each<[string, Provider, boolean, Reply]>([
    [
      'OpenAI',
      'openai',
      false,
      chatCalls([
        { id: 'x', function: functionCall },
        { id: 'x', function: functionCall },
      ]),
    ],
    ['OpenAI, streamed', 'openai', true, chatStream([delta(0, { id: 'x' }), delta(1, { id: 'x' })], 'tool_calls')],
    [
      'Anthropic',
      'anthropic',
      false,
      message([
        { ...toolUse, id: 'x' },
        { ...toolUse, id: 'x' },
      ]),
    ],
    ['Anthropic, streamed', 'anthropic', true, messageStream([block({ id: 'x' }), block({ id: 'x' })], 'tool_use')],
  ])('are one call with one result, which says so: %s', async (_case, provider, stream, reply) => {
    const { calls, answers, back } = await pairs(provider, stream, reply)
    expect(calls).toEqual(['x'])
    expect(answers).toEqual([
      { id: 'x', content: expect.stringMatching(/^\{"at":1\}\nNote: another call had the same id "x"/) },
    ])
    expect(back).toBe(1)
  })
})

describe('a call of a tool that there is not', () => {
  const fly = { name: 'fly', arguments: '{}' }
  it.each<[string, Provider, boolean, Reply]>([
    ['OpenAI', 'openai', false, chatCalls([{ id: 'x', function: fly }])],
    [
      'OpenAI, streamed',
      'openai',
      true,
      chatStream([{ tool_calls: [{ index: 0, id: 'x', function: fly }] }], 'tool_calls'),
    ],
    ['Anthropic', 'anthropic', false, message([{ type: 'tool_use', id: 'x', name: 'fly', input: {} }])],
    ['Anthropic, streamed', 'anthropic', true, messageStream([block({ id: 'x', name: 'fly' })], 'tool_use')],
  ])('is answered with those that there are: %s', async (_case, provider, stream, reply) => {
    const { answers, back } = await pairs(provider, stream, reply)
    expect(answers).toEqual([
      {
        id: 'x',
        content: 'Error: fly was not executed: there is no such tool; the tools are look_up_order, issue_refund.',
      },
    ])
    expect(back).toBe(0)
  })
})
