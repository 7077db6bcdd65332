import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped today.' }
const refund: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1', amount: 5 } }] }
const create = () => sdk().chat.completions.create(greeting)
const streamed = () => sdk().chat.completions.stream(greeting).finalChatCompletion()

function under<Value>(id: string, parameters: JsonObject, run: () => Promise<Value>, reply = shipped) {
  return play({ upstreams: [openAiChat({ script: [reply] })], faults: [fault(id, modelTarget, parameters)] }, run)
}

/** The one choice that the official client reads from the reply, asked for whole and as a stream. */
async function choiceUnder(id: string, parameters: JsonObject, reply = shipped) {
  const whole = await under(id, parameters, create, reply)
  const pieces = await under(id, parameters, streamed, reply)
  const [choice] = whole.value.choices
  const [piecewise] = pieces.value.choices
  expect(whole.deliveries).toEqual([1])
  expect(pieces.deliveries).toEqual([1])
  expect(piecewise?.finish_reason).toBe(choice?.finish_reason)
  expect(piecewise?.message.tool_calls ?? []).toMatchObject(
    (choice?.message.tool_calls ?? []).map(({ id: _, ...rest }) => rest),
  )
  if (choice === undefined) throw new Error('the reply has no choice')
  return choice
}

const callsOf = ({ message }: OpenAI.ChatCompletion.Choice) =>
  (message.tool_calls ?? []).map((one) => (one.type === 'function' ? one.function : null))

/** Asks after a tool call and its answer. */
const continued = () =>
  sdk().chat.completions.create({
    ...greeting,
    messages: [
      { role: 'user', content: 'Where is my order?' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_a', type: 'function', function: { name: 'look_up', arguments: '{"orderId":"A-1"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_a', content: 'shipped' },
    ],
  })

/** What the trace says that the model said. */
function saidIn(events: readonly TraceEvent[]) {
  const end = events.find((event) => event.type === 'response.end')
  return end?.model
}

describe('an ending that is none, read by the official client, whole and streamed', () => {
  it('finish.length cuts the text in half', async () => {
    const choice = await choiceUnder('finish.length', {})
    expect(choice).toMatchObject({ finish_reason: 'length', message: { content: 'Your order has be' } })
  })

  it.each(['length', 'tool_calls'])(
    'finish.length+tool cuts the arguments, under the finish reason %s',
    async (finishReason) => {
      const { value } = await under('finish.length+tool', { finishReason }, create, refund)
      const [choice] = value.choices
      expect(choice?.finish_reason).toBe(finishReason)
      expect(choice && callsOf(choice)).toEqual([{ name: 'refund', arguments: '{"orderId":"A-' }])
    },
  )

  it.each([
    ['nothing', null],
    ['half', 'Your order has be'],
  ])('finish.content_filter keeps %s', async (keeps, content) => {
    const choice = await choiceUnder('finish.content_filter', { keeps })
    expect(choice).toMatchObject({ finish_reason: 'content_filter', message: { content } })
  })

  it('refusal comes in its own field, with stop', async () => {
    const choice = await choiceUnder('refusal', {})
    expect(choice).toMatchObject({
      finish_reason: 'stop',
      message: { content: null, refusal: "I'm sorry, but I can't help with that." },
    })
  })

  it('empty.content is the end of a turn without a word', async () => {
    const { value } = await under('empty.content', { form: 'empty' }, create, refund)
    expect(value.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: '' } })
    expect(value.choices[0]?.message.tool_calls).toBeUndefined()
  })

  it('finish.mismatch contradicts the reply either way', async () => {
    expect(await choiceUnder('finish.mismatch', {})).toMatchObject({ finish_reason: 'tool_calls' })
    const choice = await choiceUnder('finish.mismatch', {}, refund)
    expect(choice.finish_reason).toBe('stop')
    expect(callsOf(choice)).toHaveLength(1)
  })
})

describe('an answer whose words are worth less than they should be', () => {
  it.each([
    ['hallucinated', 'Your order has been shipped today. This was confirmed in writing on 31 February', 'stop'],
    ['contradictory', 'Your order has been shipped today. On the contrary: nothing of this is so.', 'stop'],
    ['over_confident', 'I am certain of every word, and nobody needs to check it. Your order', 'stop'],
    ['wrong_language', 'Vielen Dank für Ihre Anfrage.', 'stop'],
    ['repetition', 'Your order has been shipped today. Your order has been shipped today. Your order', 'length'],
  ])('content.degraded: %s', async (form, beginning, finishReason) => {
    const choice = await choiceUnder('content.degraded', { form })
    expect(choice.finish_reason).toBe(finishReason)
    expect(choice.message.content?.slice(0, beginning.length)).toBe(beginning)
  })

  it('content.degraded leaves a reply without words as it is', async () => {
    const { value, deliveries } = await under('content.degraded', { form: 'repetition' }, create, refund)
    expect(value.choices[0]?.finish_reason).toBe('tool_calls')
    expect(deliveries).toEqual([0])
  })
})

describe('a tool call that is wrong, read by the official client, whole and streamed', () => {
  it.each([
    ['invented', 'perform_action'],
    ['near_miss', 'refunds'],
    ['wrong_case', 'REFUND'],
    ['prefixed', 'functions.refund'],
  ])('tool.unknown: %s is %s', async (name, asked) => {
    const choice = await choiceUnder('tool.unknown', { name }, refund)
    expect(callsOf(choice)).toEqual([{ name: asked, arguments: '{"orderId":"A-1","amount":5}' }])
  })

  it.each([
    ['cut', '{"orderId":"A-'],
    ['trailing_text', '{"orderId":"A-1","amount":5}\nI will now call the tool.'],
    ['single_quotes', "{'orderId':'A-1','amount':5}"],
    ['empty', ''],
    ['null', 'null'],
    ['double_encoded', '"{\\"orderId\\":\\"A-1\\",\\"amount\\":5}"'],
  ])('tool.badjson: %s', async (form, spoilt) => {
    const { value, events } = await under('tool.badjson', { form }, create, refund)
    expect(value.choices[0] && callsOf(value.choices[0])).toEqual([{ name: 'refund', arguments: spoilt }])
    expect(saidIn(events)?.toolCalls[0]?.arguments).toBe(spoilt)
  })

  it.each([
    ['missing', '{"amount":5}'],
    ['wrong_type', '{"orderId":["A-1"],"amount":5}'],
    ['extra', '{"orderId":"A-1","amount":5,"unexpected_field":true}'],
  ])('tool.schema: %s', async (form, args) => {
    expect(callsOf(await choiceUnder('tool.schema', { form }, refund))).toEqual([{ name: 'refund', arguments: args }])
  })

  it('tool.dup_id gives two calls one id, or one none', async () => {
    const ids = async (form: string) => {
      const { value } = await under('tool.dup_id', { form }, create, refund)
      return value.choices[0]?.message.tool_calls?.map(({ id }) => id)
    }
    const [first, second] = (await ids('same')) ?? []
    expect(first).toMatch(/^call_/)
    expect(second).toBe(first)
    expect(await ids('empty')).toEqual([''])
  })

  it('tool.dup_id takes an identifier of an earlier turn, where there is one', async () => {
    const earlier = await under('tool.dup_id', { form: 'reused' }, () => continued(), refund)
    expect(earlier.value.choices[0]?.message.tool_calls).toMatchObject([{ id: 'call_a', function: { name: 'refund' } }])
    const first = await under('tool.dup_id', { form: 'reused' }, create, refund)
    expect(first.deliveries).toEqual([0])
  })

  it('tool.loop asks for the last call of the history again, with an identifier of its own', async () => {
    const { value, deliveries } = await under('tool.loop', {}, () => continued())
    const [again] = value.choices[0]?.message.tool_calls ?? []
    expect(again).toMatchObject({ function: { name: 'look_up', arguments: '{"orderId":"A-1"}' } })
    expect(again?.id).toMatch(/^call_\w{24}$/)
    expect(deliveries).toEqual([1])
    const first = await under('tool.loop', {}, create)
    expect(first.deliveries).toEqual([0])
  })

  it('tool.flood asks for one call many times, each with an id of its own', async () => {
    const { value } = await under('tool.flood', { calls: 50 }, create, refund)
    const calls = value.choices[0]?.message.tool_calls ?? []
    expect(calls).toHaveLength(50)
    expect(new Set(calls.map(({ id }) => id)).size).toBe(50)
  })

  it('tool.as_text prints the call and makes none', async () => {
    const choice = await choiceUnder('tool.as_text', {}, refund)
    expect(choice.message.content).toBe(
      '<tool_call>{"name": "refund", "arguments": {"orderId":"A-1","amount":5}}</tool_call>',
    )
    expect(choice.finish_reason).toBe('stop')
  })

  it.each(['tool.unknown', 'tool.badjson', 'tool.schema', 'tool.dup_id', 'tool.flood', 'tool.as_text'])(
    '%s has not struck where the model asks for no tool',
    async (id) => {
      const [parameters] = [
        { name: 'invented' },
        { form: 'cut' },
        { form: 'extra' },
        { form: 'same' },
        { calls: 2 },
        {},
      ].slice(['tool.unknown', 'tool.badjson', 'tool.schema', 'tool.dup_id', 'tool.flood', 'tool.as_text'].indexOf(id))
      const { value, deliveries, events } = await under(id, parameters ?? {}, create)
      expect(value.choices[0]?.message.content).toBe(shipped.content)
      expect(deliveries).toEqual([0])
      expect(events.some(({ type }) => type === 'fault.injected')).toBe(false)
    },
  )
})

describe('a body that is not what the dialect promises', () => {
  it('empty.choices says nothing at all', async () => {
    const { value, events } = await under('empty.choices', {}, create)
    expect(value.choices).toEqual([])
    expect(saidIn(events)).toBeNull()
  })

  it.each([
    ['missing', undefined],
    ['zero', 0],
    ['negative', -1],
    ['huge', Number.MAX_SAFE_INTEGER],
  ])('usage: %s', async (form, count) => {
    const { value } = await under('usage', { form }, create)
    expect(value.usage?.total_tokens).toBe(count)
    expect(value.usage?.completion_tokens_details?.reasoning_tokens).toBe(count)
  })

  it('model.swapped answers for another model', async () => {
    const { value, events } = await under('model.swapped', { model: 'gpt-3.5-turbo-0125' }, create)
    expect(value.model).toBe('gpt-3.5-turbo-0125')
    expect(saidIn(events)?.content).toBe(shipped.content)
  })

  it.each(['cut', 'garbage'])('body.invalid_json, %s, is a SyntaxError of the client', async (form) => {
    const { value } = await under('body.invalid_json', { form }, () => rejection(create()))
    expect(value).toBeInstanceOf(SyntaxError)
  })

  it('body.wrong_type reaches the client as a text', async () => {
    const { value } = await under('body.wrong_type', {}, create)
    expect(value).toContain('Sign in to continue')
  })

  it('body.missing_fields leaves the usage, and no choices', async () => {
    const { value } = await under('body.missing_fields', {}, create)
    expect(value.choices).toBeUndefined()
    expect(value.id).toBeUndefined()
    expect(value.usage?.total_tokens).toBeGreaterThan(0)
  })

  it('body.huge carries what nobody asked for', async () => {
    const { value, events } = await under('body.huge', { kibibytes: 64 }, create)
    expect(JSON.stringify(value).length).toBeGreaterThan(64 * 1024)
    expect(saidIn(events)?.content).toBe(shipped.content)
  })

  it('leaves an error of the service as it is', async () => {
    const refused = fault('openai.500', modelTarget)
    const { value, deliveries } = await play(
      {
        upstreams: [openAiChat({ script: [] })],
        faults: [refused, fault('model.swapped', modelTarget, { model: 'other' })],
      },
      () => rejection(create()),
    )
    expect(value).toBeInstanceOf(OpenAI.InternalServerError)
    expect(deliveries).toEqual([1, 0])
  })
})
