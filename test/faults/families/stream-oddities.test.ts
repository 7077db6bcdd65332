import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { streamOddityMembers } from '../../../src/faults/families/stream-oddities.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const refund: ScriptedReply = { content: null, toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1' } }] }

/** What the loop of the official client sees. */
async function iterate(signal?: AbortSignal) {
  const stream = await sdk().chat.completions.create({ ...greeting, stream: true }, signal ? { signal } : {})
  const chunks: OpenAI.ChatCompletionChunk[] = []
  try {
    for await (const chunk of stream) chunks.push(chunk)
    return { chunks, thrown: null }
  } catch (thrown) {
    return { chunks, thrown }
  }
}

function chat<Value>(id: string, parameters: JsonObject, run: () => Promise<Value>, reply = shipped) {
  return play({ upstreams: [openAiChat({ script: () => reply })], faults: [fault(id, modelTarget, parameters)] }, run)
}

function anthropic<Value>(id: string, parameters: JsonObject, run: () => Promise<Value>) {
  const upstreams = [anthropicMessages({ script: () => shipped })]
  return play({ upstreams, faults: [fault(id, modelTarget, parameters)] }, run)
}

async function finalText() {
  const client = new Anthropic({ apiKey: 'sk-test', maxRetries: 0 })
  const messages = [{ role: 'user' as const, content: 'Hello.' }]
  return client.messages.stream({ model: 'claude-opus-4-8', max_tokens: 100, messages }).finalText()
}

const textOf = (chunks: readonly OpenAI.ChatCompletionChunk[]) =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')

describe('a stream that holds what nobody expects, read by the official client', () => {
  it.each([
    ['sse.error.chunk+error', {}, 'server_error'],
    ['sse.error.numeric', { code: 502 }, '502'],
    ['sse.error.numeric', { code: 400 }, '400'],
  ])('%s %o is an error without a status, and a failure in the trace', async (id, given, errorCode) => {
    const { value, events, deliveries } = await chat(id, { afterFrames: 3, ...given }, () => iterate())
    expect(textOf(value.chunks)).toBe('Your order')
    expect(value.thrown).toBeInstanceOf(OpenAI.APIError)
    expect(value.thrown).toHaveProperty('status', undefined)
    expect(deliveries).toEqual([1])
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'failure', errorCode })
  })

  it('sse.partial_json is no JSON, and has an unknown end', async () => {
    const { value, events } = await chat('sse.partial_json', { afterFrames: 3 }, () => iterate())
    expect([textOf(value.chunks), value.thrown]).toEqual(['Your order', expect.any(SyntaxError)])
    expect(events.at(-1)).toMatchObject({ class: 'indeterminate', partial: { content: 'Your order' } })
    const broken = await anthropic('sse.partial_json', { afterFrames: 4 }, () => rejection(finalText()))
    expect(broken.events.at(-1)).toMatchObject({ type: 'request.aborted', class: 'indeterminate' })
  })

  it('sse.reorder swaps two frames, for the client and in the trace', async () => {
    const { value, events } = await chat('sse.reorder', { afterFrames: 2 }, () => iterate())
    expect(textOf(value.chunks)).toBe('Your has order been shipped.')
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: 'Your has order been shipped.' } })
  })

  it('sse.unknown_event changes nothing of the reply', async () => {
    const { events } = await chat('sse.unknown_event', { afterFrames: 3 }, () => iterate())
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: shipped.content } })
    const { value, deliveries } = await anthropic('sse.unknown_event', { afterFrames: 3 }, finalText)
    expect([value, deliveries]).toEqual([shipped.content, [1]])
  })

  it('sse.ping feeds whoever counts bytes, and ends with the patience of the caller alone', async () => {
    const signal = () => AbortSignal.timeout(1_000_000)
    const { value, events, virtualMs } = await chat('sse.ping', { afterFrames: 3, everyMs: 15_000 }, () =>
      iterate(signal()),
    )
    expect([textOf(value.chunks), virtualMs]).toEqual(['Your order', 1_000_000])
    expect(events.filter(({ type }) => type === 'response.chunk').length).toBeGreaterThan(60)
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', partial: { content: 'Your order' } })
  })

  it('sse.bad_gzip cannot be decoded', async () => {
    const { value, events } = await chat('sse.bad_gzip', {}, () => iterate())
    expect(value.thrown).toMatchObject({
      message: 'terminated',
      cause: { code: 'Z_DATA_ERROR', message: 'incorrect header check' },
    })
    expect(events.at(-1)).toMatchObject({ type: 'request.failed', cause: 'Z_DATA_ERROR', class: 'indeterminate' })
  })

  it.each([
    ['missing', [{ id: expect.stringMatching(/^call_/) as string, name: 'refund', arguments: '{"orderId":"A-1"}' }]],
    [
      'changing_id',
      [{ id: expect.stringMatching(/^call_changing[1-9]/) as string, name: 'refund', arguments: '{"orderId":"A-1"}' }],
    ],
    [
      'wrong',
      [
        { id: expect.stringMatching(/^call_/) as string, name: 'refund', arguments: '' },
        { id: '', name: '', arguments: '{"orderId":"A-1"}' },
      ],
    ],
  ])('tool.index %s is read as far as it can be', async (form, toolCalls) => {
    const { events, value } = await chat('tool.index', { form }, () => iterate(), refund)
    const deltas = value.chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])
    expect(deltas.length).toBeGreaterThan(1)
    expect(events.at(-1)).toMatchObject({ model: { finishReason: 'tool_calls', toolCalls } })
  })

  it('sse.slow_tokens comes ever slower, and by chance', async () => {
    const times = async (parameters: JsonObject) => {
      const { events } = await chat('sse.slow_tokens', parameters, () => iterate())
      const at = events.flatMap((event) => (event.type === 'response.chunk' ? [event.at] : []))
      return at.slice(1).map((ms, index) => ms - (at[index] ?? 0))
    }
    expect((await times({ ms: 85, slowerByMs: 10 })).slice(0, 5)).toEqual([100, 110, 120, 130, 140])
    const byChance = await times({ ms: 85, jitterMs: 1_000 })
    expect(new Set(byChance).size).toBeGreaterThan(3)
    expect(Math.min(...byChance)).toBeGreaterThanOrEqual(85)
    expect(Math.max(...byChance)).toBeLessThanOrEqual(1_100)
    expect(await times({ ms: 85, jitterMs: 1_000 })).toEqual(byChance)
  })
})

it('every member is tested here', () => {
  expect(streamOddityMembers.map(({ id }) => id)).toEqual([
    'sse.error.chunk+error',
    'sse.error.numeric',
    'sse.partial_json',
    'sse.reorder',
    'sse.unknown_event',
    'sse.ping',
    'sse.bad_gzip',
    'tool.index',
  ])
})
