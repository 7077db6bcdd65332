import { describe, expect, it } from 'vitest'
import { ok } from '../chat-replies.ts'
import { runAgent } from '../rig.ts'
import type { RigOptions } from '../rig.ts'
import type { Reply } from '../scripted-server.ts'

const call = { type: 'tool_use', id: 'toolu_1', name: 'look_up_order', input: { orderId: 'A-1001' } }
const thought = { type: 'thinking', thinking: 'An order number.', signature: 'c2lnbmVk' }
const hidden = { type: 'redacted_thinking', data: 'ZW5jcnlwdGVk' }
const done = message([{ type: 'text', text: 'Done.' }])

const noAnswer = { answer: null, stop: 'invalid_llm_response' }

function answer(text: string): object {
  return { answer: text, stop: 'end_turn' }
}

function message(content: object[], stopReason = 'end_turn', usage: object = {}): Reply {
  const tokens = { input_tokens: 10, output_tokens: 5, ...usage }
  const rest = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_sequence: null }
  return ok({ ...rest, content, stop_reason: stopReason, usage: tokens })
}

function fails(status: number, type: string, words = 'no'): Reply {
  return { status, body: JSON.stringify({ type: 'error', error: { type, message: words }, request_id: 'req_1' }) }
}

async function runOnAnthropic(rig: RigOptions) {
  const ran = await runAgent({ ...rig, provider: 'anthropic' })
  return { ...ran, body: (index: number) => JSON.parse(ran.model.seen[index]?.text ?? '{}') }
}

describe('a request in the words of the Messages API', () => {
  it('has the system prompt apart, a bound on the reply, and the tools with their schema', async () => {
    const { outcome, body, model } = await runOnAnthropic({ model: [done] })
    expect(outcome).toEqual({ answer: 'Done.', stop: 'end_turn' })
    expect(model.seen[0]?.path).toBe('/v1/messages')
    expect(model.seen[0]?.headers).toMatchObject({ authorization: 'Bearer test-key' })
    expect(body(0)).toMatchObject({
      model: 'm',
      max_tokens: 4_096,
      system: 'You help customers.',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Refund A-1001 please' }] }],
    })
    expect(body(0).tools[0]).toMatchObject({
      name: 'look_up_order',
      input_schema: { type: 'object', required: ['orderId'], additionalProperties: false },
    })
  })

  it('has all results of a turn in one turn of the user, behind reasoning that is sent back as it came', async () => {
    const second = { ...call, id: 'toolu_2', input: { orderId: 'A-1002' } }
    const { body } = await runOnAnthropic({
      model: [message([thought, hidden, { type: 'text', text: 'I look.' }, call, second], 'tool_use'), done],
      back: [ok({ state: 'sent' }), ok({ state: 'lost' })],
    })
    expect(body(1).messages.slice(1)).toEqual([
      { role: 'assistant', content: [thought, hidden, { type: 'text', text: 'I look.' }, call, second] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: '{"state":"sent"}' },
          { type: 'tool_result', tool_use_id: 'toolu_2', content: '{"state":"lost"}' },
        ],
      },
    ])
  })

  it('leaves out reasoning without a signature, which the service would refuse', async () => {
    const { body } = await runOnAnthropic({
      model: [message([{ ...thought, signature: '' }, call], 'tool_use'), done],
      back: [ok({})],
    })
    expect(body(1).messages[1].content).toEqual([call])
  })

  it('asks for as many tokens as the options say', async () => {
    const { body } = await runOnAnthropic({ model: [done], client: { maxOutputTokens: 99 } })
    expect(body(0).max_tokens).toBe(99)
  })
})

describe('a reply in the words of the Messages API', () => {
  it.each<[string, Reply, object]>([
    [
      'a text in several blocks',
      message([
        { type: 'text', text: 'Do' },
        { type: 'text', text: 'ne.' },
      ]),
      answer('Done.'),
    ],
    [
      'a block of a type nobody knows',
      message([{ type: 'hologram' }, { type: 'text', text: 'Done.' }]),
      answer('Done.'),
    ],
    ['a refusal', message([{ type: 'text', text: 'I will not.' }], 'refusal'), answer('I will not.')],
    ['a refusal without words', message([], 'refusal'), noAnswer],
    ['a reply cut at its limit', message([{ type: 'text', text: 'Do' }], 'max_tokens'), noAnswer],
    ['a reply cut by the window', message([{ type: 'text', text: 'Do' }], 'model_context_window_exceeded'), noAnswer],
    ['no block at all', message([]), noAnswer],
    ['a block that is not of its type', message([{ type: 'text', text: 5 }]), noAnswer],
    ['another thing altogether', ok({ choices: [] }), noAnswer],
  ])('that is %s', async (_case, reply, outcome) => {
    const ran = await runOnAnthropic({ model: [reply] })
    expect(ran.outcome).toEqual(outcome)
    expect(ran.model.seen).toHaveLength(1)
  })
})

describe('an error of the Messages API', () => {
  it.each([
    [429, 'rate_limit_error'],
    [500, 'api_error'],
    [504, 'timeout_error'],
    [529, 'overloaded_error'],
    [409, 'conflict_error'],
  ])('is tried again: %i %s', async (status, type) => {
    const { outcome, model } = await runOnAnthropic({ model: [fails(status, type), done] })
    expect(outcome.stop).toBe('end_turn')
    expect(model.seen).toHaveLength(2)
  })

  it.each([
    [400, 'invalid_request_error'],
    [401, 'authentication_error'],
    [402, 'billing_error'],
    [403, 'permission_error'],
    [404, 'not_found_error'],
  ])('is not tried again: %i %s', async (status, type) => {
    const { outcome, model } = await runOnAnthropic({ model: [fails(status, type), done] })
    expect(outcome.stop).toBe('llm_api_error')
    expect(model.seen).toHaveLength(1)
  })

  it('is not tried again where a limit of spending is reached, until which no wait helps', async () => {
    const details = { error_code: 'enforced_spend_limit_reached' }
    const error = { type: 'rate_limit_error', message: 'no', details }
    const spent = { status: 429, body: JSON.stringify({ type: 'error', error, request_id: 'req_1' }) }
    const { outcome, model } = await runOnAnthropic({ model: [spent, done] })
    expect(outcome.stop).toBe('llm_api_error')
    expect(model.seen).toHaveLength(1)
  })

  it.each([
    ['prompt is too long: 210000 tokens > 200000 maximum'],
    ['input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000'],
  ])('shortens the history where it says so: %s', async (words) => {
    const { outcome, model, body } = await runOnAnthropic({
      model: [message([call], 'tool_use'), fails(400, 'invalid_request_error', words), done],
      back: [ok({ text: 'x'.repeat(2_000) })],
    })
    expect(outcome.stop).toBe('end_turn')
    expect(model.seen).toHaveLength(3)
    expect(JSON.stringify(body(2)).length).toBeLessThan(JSON.stringify(body(1)).length)
  })
})
