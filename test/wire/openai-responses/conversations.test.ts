import type OpenAI from 'openai'
import { NotFoundError } from 'openai'
import { describe, expect, it } from 'vitest'
import type { ModelTurn } from '../../../src/wire/model-script.ts'
import { play, rejection, sdk } from '../_play.ts'
import { hello, lookUp, scene, tools } from './_responses.ts'

type Item = OpenAI.Responses.ResponseInputItem

const ask = { model: 'gpt-5', tools }
const question: Item = { role: 'user', content: 'Where is order A-1?' }

function outputs({ output }: OpenAI.Responses.Response): Item[] {
  return output.flatMap((item) =>
    item.type === 'function_call'
      ? [{ type: 'function_call_output' as const, call_id: item.call_id, output: 'on its way' }]
      : [],
  )
}

describe('a tool loop', () => {
  it('goes on with the items of the conversation', async () => {
    const { value, events } = await play(scene(lookUp), async () => {
      const client = sdk()
      const first = await client.responses.create({ ...ask, input: [question] })
      const input = [question, ...(first.output as Item[]), ...outputs(first)]
      return client.responses.create({ ...ask, input })
    })
    expect(value.output_text).toBe('The order is on its way.')
    expect(events.filter((event) => event.type === 'request.sent').at(-1)?.model).toMatchObject({
      messages: 3,
      toolCalls: [{ name: 'look_up_order', arguments: '{"orderId":"A-1"}' }],
      toolResults: [{ content: 'on its way' }],
    })
  })

  it('goes on from the response before, of which the service knows the rest', async () => {
    const { value, events } = await play(scene(lookUp), async () => {
      const client = sdk()
      const first = await client.responses.create({ ...ask, input: [question] })
      const second = await client.responses.create({ ...ask, input: outputs(first), previous_response_id: first.id })
      const third = await client.responses.create({ ...ask, input: 'Thanks.', previous_response_id: second.id })
      return { first, second, third }
    })
    expect(value.second).toMatchObject({
      output_text: 'The order is on its way.',
      previous_response_id: value.first.id,
    })
    const sent = events.flatMap((event) => (event.type === 'request.sent' ? [event.model] : []))
    expect(sent.map((model) => model?.messages)).toEqual([1, 3, 5])
    expect(sent[2]?.toolResults).toMatchObject([{ content: 'on its way' }])
    expect(value.third.usage?.input_tokens).toBeGreaterThan(value.second.usage?.input_tokens ?? 0)
  })

  it('can branch from one response twice', async () => {
    const count = ({ messages }: ModelTurn) => ({ content: String(messages.length) })
    const { value } = await play(scene(count), async () => {
      const client = sdk()
      const { id } = await client.responses.create(hello)
      const on = () => client.responses.create({ ...hello, previous_response_id: id })
      return [await on(), await on()].map(({ output_text: text }) => text)
    })
    expect(value).toEqual(['3', '3'])
  })

  it('has the instructions of each request, and not of the one before', async () => {
    const roles = ({ messages }: ModelTurn) => ({ content: messages.map(({ role }) => role).join() })
    const { value } = await play(scene(roles), async () => {
      const client = sdk()
      const first = await client.responses.create({ ...hello, instructions: 'Be brief.' })
      const second = await client.responses.create({ ...hello, previous_response_id: first.id })
      return [first.output_text, second.output_text]
    })
    expect(value).toEqual(['system,user', 'user,assistant,user'])
  })

  it('reads a message and the calls behind it as one, as in the chat dialect', async () => {
    const seen: ModelTurn['messages'][] = []
    const call = (id: string) => ({
      type: 'function_call' as const,
      call_id: id,
      name: 'look_up_order',
      arguments: '{}',
    })
    const result = (id: string) => ({ type: 'function_call_output' as const, call_id: id, output: 'found' })
    await play(
      scene(({ messages }) => {
        seen.push(messages)
        return { content: 'Done.' }
      }),
      () =>
        sdk().responses.create({
          ...ask,
          input: [
            { role: 'developer', content: 'Be kind.' },
            question,
            { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }] },
            { role: 'assistant', content: 'One moment.' },
            call('a'),
            call('b'),
            result('b'),
            result('a'),
          ],
        }),
    )
    expect(seen[0]?.map(({ role, text, toolCalls, toolCallId }) => [role, text, toolCalls.length, toolCallId])).toEqual(
      [
        ['developer', 'Be kind.', 0, null],
        ['user', 'Where is order A-1?', 0, null],
        ['assistant', 'One moment.', 2, null],
        ['tool', 'found', 0, 'b'],
        ['tool', 'found', 0, 'a'],
      ],
    )
  })
})

describe('what the service has kept', () => {
  const unknown = 'resp_00000000000000000000000000000000000000000000000000'

  it('does not hold a response of nobody', async () => {
    const { value } = await play(scene(lookUp), () =>
      rejection(sdk().responses.create({ ...hello, previous_response_id: unknown })),
    )
    expect(value).toHaveProperty('error', {
      message: `Previous response with id '${unknown}' not found.`,
      type: 'invalid_request_error',
      param: 'previous_response_id',
      code: 'previous_response_not_found',
    })
    expect(value).toHaveProperty('status', 400)
  })

  it('does not hold a response that was not to be stored', async () => {
    const { value } = await play(
      scene(() => ({ content: 'Hello.' })),
      async () => {
        const client = sdk()
        const { id } = await client.responses.create({ ...hello, store: false })
        return rejection(client.responses.create({ ...hello, previous_response_id: id }))
      },
    )
    expect(value).toHaveProperty('code', 'previous_response_not_found')
  })

  it('does not outlive the trial', async () => {
    const first = await play(
      scene(() => ({ content: 'Hello.' })),
      () => sdk().responses.create(hello),
    )
    const { value } = await play(
      scene(() => ({ content: 'Hello.' })),
      () => rejection(sdk().responses.create({ ...hello, previous_response_id: first.value.id })),
    )
    expect(value).toHaveProperty('code', 'previous_response_not_found')
  })

  it('is found by an id alone', async () => {
    const { value } = await play(scene(lookUp), async () => {
      const client = sdk()
      const first = await client.responses.create({ ...ask, input: [question] })
      const references = first.output.map(({ id }) => ({ id: id ?? '' }))
      return client.responses.create({ ...ask, input: [question, ...references, ...outputs(first)] })
    })
    expect(value.output_text).toBe('The order is on its way.')
  })

  it('is found by reference, and by the reference alone where nothing was stored', async () => {
    const run = (store: boolean) =>
      play(scene(lookUp), async () => {
        const client = sdk()
        const first = await client.responses.create({ ...ask, input: [question], store })
        const references = first.output.map(({ id }) => ({ type: 'item_reference' as const, id: id ?? '' }))
        const input = [question, ...references, ...outputs(first)]
        return client.responses.create({ ...ask, input, store }).catch((error: unknown) => error)
      })
    expect((await run(true)).value).toHaveProperty('output_text', 'The order is on its way.')
    const { value } = await run(false)
    expect(value).toBeInstanceOf(NotFoundError)
    expect((value as Error).message).toMatch(
      /^404 Item with id 'fc_[0-9a-f]{50}' not found\. Items are not persisted when `store` is set to false\./,
    )
  })
})

describe('the pairing of calls and outputs', () => {
  const call = (id: string) => ({ type: 'function_call' as const, call_id: id, name: 'look_up_order', arguments: '{}' })
  const result = (id: string) => ({ type: 'function_call_output' as const, call_id: id, output: 'found' })
  const refusal = async (...input: Item[]) =>
    (await play(scene(lookUp), () => rejection(sdk().responses.create({ ...ask, input })))).value

  it('is demanded of an output', async () => {
    const error = await refusal(question, result('call_1'))
    expect(error).toMatchObject({ status: 400, param: 'input', type: 'invalid_request_error', code: null })
    expect(error.message).toBe('400 No tool call found for function call output with call_id call_1.')
    expect((await refusal(question, result('call_1'), call('call_1'))).message).toBe(error.message)
  })

  it('is demanded of every call', async () => {
    const error = await refusal(question, call('call_1'), call('call_2'), result('call_1'))
    expect(error).toMatchObject({ status: 400, param: 'input', code: null })
    expect(error.message).toBe('400 No tool output found for function call call_2.')
  })

  it('is demanded of the calls of the response before as well', async () => {
    const { value } = await play(scene(lookUp), async () => {
      const client = sdk()
      const first = await client.responses.create({ ...ask, input: [question] })
      return rejection(client.responses.create({ ...ask, input: 'Well?', previous_response_id: first.id }))
    })
    expect(value.message).toMatch(/^400 No tool output found for function call call_[A-Za-z0-9]{24}\.$/)
  })
})
