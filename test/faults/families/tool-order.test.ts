import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { greeting, play, sdk } from '../../wire/_play.ts'
import { fault, toolTarget } from '../_strike.ts'

const orders = ['A-1', 'B-2'] as const

/** A model that asks for two orders at once, and a back end that knows both. */
const upstreams = () => [
  openAiChat({
    script: ({ replies }) =>
      replies > 0
        ? { content: 'Done.' }
        : { toolCalls: orders.map((id) => ({ id: `call_${id}`, name: 'look_up', arguments: { id } })) },
  }),
  toolBackend({
    tool: 'look_up',
    method: 'GET',
    url: 'https://shop.test/orders/:id',
    handle: ({ arguments: { id } }) => toolResult({ order: id }),
  }),
]

/** Looks both orders up at once; gives the model the results in the order in which they come, or by their calls. */
async function settle(pairing: 'as they come' | 'by their calls') {
  const { choices } = await sdk().chat.completions.create(greeting)
  const message = choices[0]?.message as OpenAI.ChatCompletionMessage
  const calls = message.tool_calls ?? []
  const arrived: string[] = []
  const inTurn = await Promise.all(
    calls.map(async ({ id }) => {
      const answer = await fetch(`https://shop.test/orders/${id.slice('call_'.length)}`)
      const text = await answer.text()
      arrived.push(text)
      return text
    }),
  )
  const results = pairing === 'as they come' ? arrived : inTurn
  const told = calls.map(({ id }, index) => ({
    role: 'tool' as const,
    tool_call_id: id,
    content: results[index] ?? '',
  }))
  await sdk().chat.completions.create({ ...greeting, messages: [...greeting.messages, message, ...told] })
  return told.map(({ tool_call_id: id, content }) => `${id}: ${content}`)
}

const paired = ['call_A-1: {"order":"A-1"}', 'call_B-2: {"order":"B-2"}']
const swapped = ['call_A-1: {"order":"B-2"}', 'call_B-2: {"order":"A-1"}']

describe('tool.overtaken', () => {
  it.each([
    ['as they come', [], paired],
    ['as they come', [fault('tool.overtaken', toolTarget, { holdMs: 500 })], swapped],
    ['by their calls', [fault('tool.overtaken', toolTarget, { holdMs: 500 })], paired],
  ] as const)('swaps the results of concurrent calls that are taken %s, under %o', async (pairing, faults, results) => {
    const { value, events, deliveries } = await play({ upstreams: upstreams(), faults }, () => settle(pairing))
    expect(value).toEqual(results)
    expect(deliveries).toEqual(faults.map(() => 1))
    const answered = events.flatMap((event) =>
      event.type === 'response.end' && event.kind === 'tool' ? [event.body] : [],
    )
    const order = faults.length === 0 ? orders : orders.toReversed()
    expect(answered).toEqual(order.map((id) => JSON.stringify({ order: id })))
  })
})
