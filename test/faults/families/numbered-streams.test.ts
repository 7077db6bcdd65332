import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { openAiResponses } from '../../../src/wire/openai-responses/openai-responses.ts'
import { client, greeting } from '../../wire/anthropic/_client.ts'
import { play, rejection, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const reply: ScriptedReply = {
  content: 'One moment.',
  toolCalls: [
    { id: 'call_a', name: 'refund', arguments: { orderId: 'A-1' } },
    { id: 'call_b', name: 'look_up', arguments: { id: 'B' } },
  ],
}
const hello = { model: 'gpt-5', input: 'Good morning.' }

function anthropic<Value>(id: string, parameters: JsonObject, run: () => Promise<Value>, script = () => reply) {
  return play({ upstreams: [anthropicMessages({ script })], faults: [fault(id, modelTarget, parameters)] }, run)
}

function responses<Value>(id: string, parameters: JsonObject, run: () => Promise<Value>) {
  const upstreams = [openAiResponses({ script: () => reply })]
  return play({ upstreams, faults: [fault(id, modelTarget, parameters)] }, run)
}

const finalMessage = (): Promise<Anthropic.Message> => client().messages.stream(greeting).finalMessage()
const finalResponse = (): Promise<OpenAI.Responses.Response> => sdk().responses.stream(hello).finalResponse()

/** What the raw loop of the official client gets. */
async function responseEvents() {
  const events: { type: string; output_index?: number; item_id?: string }[] = []
  for await (const event of await sdk().responses.create({ ...hello, stream: true })) events.push(event)
  return events
}

function callsOf({ content }: Anthropic.Message) {
  return content.flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: JSON.stringify(block.input) }] : [],
  )
}

describe('tool.index in a stream of Anthropic, read by the official client', () => {
  it.each([
    [
      'missing',
      [
        ['call_a', 'refund', '{}'],
        ['call_b', 'look_up', '{}'],
      ],
    ],
    [
      'wrong',
      [
        ['call_a', 'refund', '{}'],
        ['call_b', 'look_up', '{}'],
      ],
    ],
    [
      'changing_id',
      [
        ['call_a', 'refund', '{"orderId":"A-1"}'],
        ['toolu_changing1', 'refund', '{"id":"B"}'],
        ['call_b', 'look_up', '{}'],
        ['toolu_changing2', 'look_up', '{}'],
      ],
    ],
  ])('%s gives calls that nobody asked for, and the trace has the same', async (form, calls) => {
    const { value, events, deliveries } = await anthropic('tool.index', { form }, finalMessage)
    const told = calls.map(([id, name, args]) => ({ id, name, arguments: args }))
    expect(callsOf(value)).toEqual(told)
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { toolCalls: told } })
    expect(deliveries).toEqual([1])
  })

  it('a piece without an index is lost, also where there is one block alone', async () => {
    const script = () => ({ toolCalls: [{ id: 'call_a', name: 'refund', arguments: { orderId: 'A-1' } }] })
    const { value, events } = await anthropic('tool.index', { form: 'missing' }, finalMessage, script)
    const told = [{ id: 'call_a', name: 'refund', arguments: '{}' }]
    expect(callsOf(value)).toEqual(told)
    expect(events.at(-1)).toMatchObject({ model: { toolCalls: told } })
  })

  it('is not in a reply without a tool call', async () => {
    const { deliveries } = await anthropic('tool.index', {}, finalMessage, () => ({ content: 'Hello.' }))
    expect(deliveries).toEqual([0])
  })
})

describe('tool.index in a stream of OpenAI Responses', () => {
  it.each([
    ['missing', 'missing output at index undefined'],
    ['wrong', 'missing output at index 2'],
    ['changing_id', "got 'fc_changing0'"],
  ])('%s is an error of the helper, which keeps what had come as a part', async (form, words) => {
    const { value, events, deliveries } = await responses('tool.index', { form }, () => rejection(finalResponse()))
    expect(value.message).toContain(words)
    const partial = { content: 'One moment.', toolCalls: [{ id: 'call_a', name: 'refund' }] }
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', class: 'indeterminate', partial })
    expect(deliveries).toEqual([1])
  })

  it('reaches whoever reads the events, whose last one tells everything once more', async () => {
    const { value, events } = await responses('tool.index', { form: 'wrong' }, responseEvents)
    const pieces = value.filter(({ type }) => type === 'response.function_call_arguments.delta')
    expect(new Set(pieces.map(({ output_index: index }) => index))).toEqual(new Set([2, 3]))
    expect(events.at(-1)).toMatchObject({
      class: 'success',
      model: { toolCalls: [{ arguments: '{"orderId":"A-1"}' }, { arguments: '{"id":"B"}' }] },
    })
  })
})

describe('sse.malformed', () => {
  it('is an error of the client in a stream of Anthropic, and has an unknown end', async () => {
    const { value, events } = await anthropic('sse.malformed', { afterFrames: 4 }, () => rejection(finalMessage()))
    expect(value.message).toContain('in JSON at position 1')
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', partial: { content: 'One' } })
  })

  it('is an error of the client in a stream of OpenAI Responses, and has an unknown end', async () => {
    const { value, events } = await responses('sse.malformed', { afterFrames: 5 }, () => rejection(finalResponse()))
    expect(value.message).toContain('malformed server-sent event JSON')
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', partial: { content: 'One' } })
  })
})

describe('content.unknown_block', () => {
  const unknown = expect.objectContaining({ type: 'provider_annotation' }) as object
  const inMessage = ['text', 'tool_use', 'tool_use']
  const inResponse = ['message', 'function_call', 'function_call']

  it.each([
    ['last', [...inMessage, 'provider_annotation']],
    ['first', ['provider_annotation', ...inMessage]],
  ])('stands %s in a message of Anthropic, whole and streamed, and changes nothing else', async (place, types) => {
    const untouched = await play({ upstreams: [anthropicMessages({ script: () => reply })] }, finalMessage)
    for (const run of [finalMessage, async () => client().messages.create(greeting)]) {
      const { value, events, deliveries } = await anthropic('content.unknown_block', { place }, run)
      expect(value.content.map(({ type }) => type)).toEqual(types)
      expect(value.content).toContainEqual(unknown)
      expect(callsOf(value)).toEqual(callsOf(untouched.value))
      expect(events.at(-1)).toMatchObject({
        class: 'success',
        model: { content: 'One moment.', toolCalls: callsOf(value) },
      })
      expect(deliveries).toEqual([1])
    }
  })

  it.each([
    ['last', [...inResponse, 'provider_annotation']],
    ['first', ['provider_annotation', ...inResponse]],
  ])('stands %s in the output of a response, whole and streamed, and changes nothing else', async (place, types) => {
    for (const run of [finalResponse, async () => sdk().responses.create(hello)]) {
      const { value, events, deliveries } = await responses('content.unknown_block', { place }, run)
      expect(value.output.map(({ type }) => type)).toEqual(types)
      expect(value.output).toContainEqual(unknown)
      expect(value.output_text).toBe('One moment.')
      expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: 'One moment.' } })
      expect(deliveries).toEqual([1])
    }
  })

  it.each(['last', 'first'])('%s is numbered as the service numbers its events and items', async (place) => {
    const { value } = await responses('content.unknown_block', { place }, async () => {
      const numbers: number[] = []
      const items: (readonly [number, string])[] = []
      for await (const event of await sdk().responses.create({ ...hello, stream: true })) {
        numbers.push(event.sequence_number)
        if (event.type === 'response.output_item.done') items.push([event.output_index, event.item.type])
      }
      return { numbers, items }
    })
    expect(value.numbers).toEqual(value.numbers.map((_, index) => index))
    const types = place === 'first' ? ['provider_annotation', ...inResponse] : [...inResponse, 'provider_annotation']
    expect(value.items).toEqual([...types.entries()])
  })

  it('is in an empty message too', async () => {
    const { value } = await anthropic('content.unknown_block', {}, finalMessage, () => ({ content: '' }))
    expect(value.content).toEqual([unknown])
  })
})
