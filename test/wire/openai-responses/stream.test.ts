import * as fc from 'fast-check'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import type { OpenAiResponsesOptions } from '../../../src/wire/openai-responses/openai-responses.ts'
import { fault, modelTarget } from '../../faults/_strike.ts'
import type { StreamPace } from '../../../src/wire/stream-pace.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { greeting, play, sdk } from '../_play.ts'
import { scriptedReplies } from './_replies.ts'
import { hello, lookUp, respond, scene, stream, tools } from './_responses.ts'

type Event = OpenAI.Responses.ResponseStreamEvent
type StreamRequest = Omit<OpenAI.Responses.ResponseCreateParamsStreaming, 'stream'>

const shipped: ScriptedReply = { content: 'Your order has been shipped.' }
const refund: ScriptedReply = { content: 'Gladly.', toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1' } }] }
const start = Date.UTC(2026, 0, 1)

/** Every event with the virtual milliseconds at which it came after the request. */
function eventsOf(
  reply: ScriptedReply,
  request: StreamRequest = hello,
  options: Partial<Omit<OpenAiResponsesOptions, 'script'>> = {},
) {
  return play(
    scene(() => reply, options),
    async () => {
      const seen: { afterMs: number; event: Event }[] = []
      for await (const event of await sdk().responses.create({ ...request, stream: true })) {
        seen.push({ afterMs: Date.now() - start, event })
      }
      return seen
    },
  )
}

/** What an event says, without what places it. */
async function told(reply: ScriptedReply) {
  const { value } = await eventsOf(reply, { ...hello, stream_options: { include_obfuscation: false } })
  return value.map(({ event }) => {
    const { type, ...fields } = event as unknown as { type: string; [field: string]: unknown }
    const words = fields['delta'] ?? fields['text'] ?? fields['refusal'] ?? fields['arguments']
    return words === undefined ? type : `${type} ${JSON.stringify(words)}`
  })
}

describe('a stream, read by the official client', () => {
  it('tells of a text in pieces, then as a whole, then in the whole response', async () => {
    expect(await told({ content: 'Hello, captain.' })).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta "Hello"',
      'response.output_text.delta ","',
      'response.output_text.delta " captain"',
      'response.output_text.delta "."',
      'response.output_text.done "Hello, captain."',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ])
  })

  it('tells of calls item by item', async () => {
    const call = (name: string) => ({ name, arguments: '{}' })
    const item = [
      'response.output_item.added',
      'response.function_call_arguments.delta "{}"',
      'response.function_call_arguments.done "{}"',
      'response.output_item.done',
    ]
    expect(await told({ toolCalls: [call('look_up'), call('refund')] })).toEqual([
      'response.created',
      'response.in_progress',
      ...item,
      ...item,
      'response.completed',
    ])
  })

  it('tells of a refusal in pieces of its own', async () => {
    expect((await told({ refusal: 'No.' })).slice(3, -1)).toEqual([
      'response.content_part.added',
      'response.refusal.delta "No"',
      'response.refusal.delta "."',
      'response.refusal.done "No."',
      'response.content_part.done',
      'response.output_item.done',
    ])
  })

  it('ends with another event where the reply was cut short', async () => {
    const { value, events } = await eventsOf({ content: 'Once upon', finishReason: 'length' })
    expect(value.at(-2)?.event).toMatchObject({ type: 'response.output_item.done', item: { status: 'incomplete' } })
    expect(value.at(-1)?.event).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    })
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: 'Once upon', finishReason: 'length' } })
  })

  it('numbers its events, places its items, and begins with nothing in them', async () => {
    const { value } = await eventsOf(refund)
    expect(value.map(({ event }) => event.sequence_number)).toEqual(value.map((_one, index) => index))
    const items = value.flatMap(({ event }) => (event.type === 'response.output_item.added' ? [event] : []))
    expect(items).toMatchObject([
      { output_index: 0, item: { type: 'message', status: 'in_progress', content: [] } },
      { output_index: 1, item: { type: 'function_call', status: 'in_progress', arguments: '', name: 'refund' } },
    ])
    for (const { event } of value.slice(0, 2)) {
      const nothing = { status: 'in_progress', output: [], usage: null, completed_at: null }
      expect(event).toMatchObject({ response: nothing })
    }
  })

  it('names each event twice on the wire, and has no [DONE]', async () => {
    const { value, events } = await play(
      scene(() => refund),
      async () => {
        const answer = await sdk()
          .responses.create({ ...hello, stream: true })
          .asResponse()
        return answer.text()
      },
    )
    const frames = value.split('\n\n')
    expect(frames.pop()).toBe('')
    for (const frame of frames) {
      const [, name, type] = /^event: (\S+)\ndata: \{"type":"([^"]+)",.+\}$/.exec(frame) ?? []
      expect(name, frame).toBeDefined()
      expect(name).toBe(type)
      const [first, ...others] = Object.keys(JSON.parse(frame.slice(frame.indexOf('{'))) as object)
      expect(first).toBe('type')
      expect(others).toEqual([...others].sort())
    }
    const end = events.at(-1)
    expect(end).toMatchObject({ type: 'response.end', class: 'success' })
    expect(end?.type === 'response.end' && end.body).toBe(value)
  })

  it('is padded, unless the request wants it bare', async () => {
    const reply = { ...refund, content: 'Your refund has been issued, captain.' }
    const paddings = async (request: StreamRequest, options?: { pace: StreamPace }) =>
      (await eventsOf(reply, request, options)).value.flatMap(({ event }) =>
        'delta' in event && typeof event.delta === 'string'
          ? [event.delta.length + ('obfuscation' in event ? String(event.obfuscation).length : 0)]
          : [],
      )
    expect(new Set(await paddings(hello))).toEqual(new Set([16]))
    const long = await paddings(hello, { pace: { tokensPerChunk: 5 } })
    expect(long.some((letters) => letters > 16)).toBe(true)
    for (const letters of long) expect(letters % 16).toBe(0)
    expect(new Set(await paddings({ ...hello, stream_options: { include_obfuscation: false } }))).not.toContain(16)
  })
})

describe('the pace of a stream', () => {
  it('is 15 ms a token', async () => {
    const { value } = await eventsOf({ content: 'Hello, captain.' }, hello, { latencyMs: 400 })
    const first = value[0]?.afterMs ?? 0
    expect(first).toBeGreaterThanOrEqual(400)
    expect(value.map(({ afterMs }) => afterMs - first)).toEqual([0, 0, 0, 0, 15, 30, 45, 60, 60, 60, 60, 75])
  })

  it('is that of the chat dialect, so that a reply takes as long in either', async () => {
    const lasted = ({ events }: { events: readonly TraceEvent[] }) => {
      const [first, ...others] = events.filter(({ type }) => type === 'response.chunk')
      return (others.at(-1)?.at ?? 0) - (first?.at ?? 0)
    }
    const chat = await play({ upstreams: [openAiChat({ script: [refund] })] }, () =>
      sdk().chat.completions.stream(greeting).done(),
    )
    expect(lasted(await eventsOf(refund))).toBe(lasted(chat))
  })

  it('is the one it is given, and dates the end', async () => {
    const pace = { firstChunkMs: 200, perChunkMs: 1_000, tokensPerChunk: 3 }
    const { value } = await eventsOf(shipped, hello, { pace, latencyMs: 400 })
    const deltas = value.flatMap(({ event, afterMs }) =>
      event.type === 'response.output_text.delta' ? [[event.delta, afterMs - (value[0]?.afterMs ?? 0)]] : [],
    )
    expect(deltas).toEqual([
      ['Your order has', 1_000],
      [' been shipped.', 2_000],
    ])
    const second = start / 1000
    expect(value.at(-1)?.event).toMatchObject({ response: { created_at: second, completed_at: second + 3 } })
  })
})

/** A response as bytes carry it, which cannot hold half a surrogate pair, without what the helper adds. */
function wired(response: object): object {
  const added = ['parsed', 'parsed_arguments', 'output_parsed']
  return JSON.parse(
    JSON.stringify(response, (key, value: unknown) => (added.includes(key) ? undefined : value)),
  ) as object
}

describe('the helper of the official client', () => {
  it('comes to what the same call without a stream answers', async () => {
    await fc.assert(
      fc.asyncProperty(scriptedReplies, fc.integer({ min: 1, max: 5 }), async (reply, tokensPerChunk) => {
        const pace = { tokensPerChunk, perChunkMs: 0 }
        const whole = await respond(() => reply, hello, { pace })
        const streamed = await stream(() => reply, hello, { pace })
        expect(wired(streamed.value)).toEqual(wired(whole.value))
        const [one, other] = [whole.events.at(-1), streamed.events.at(-1)]
        expect(other?.type === 'response.end' && other.model).toEqual(one?.type === 'response.end' && one.model)
      }),
      { numRuns: 100 },
    )
  })

  it('runs a tool loop on from the response before', async () => {
    const { value } = await play(scene(lookUp), async () => {
      const client = sdk()
      const first = await client.responses.stream({ ...hello, tools }).finalResponse()
      const [call] = first.output
      if (call?.type !== 'function_call') throw new Error('expected a call')
      const output = { type: 'function_call_output' as const, call_id: call.call_id, output: 'on its way' }
      const next = { model: 'gpt-5', input: [output], previous_response_id: first.id }
      return (await client.responses.stream(next).finalResponse()).output_text
    })
    expect(value).toBe('The order is on its way.')
  })

  it('hangs up when it is aborted, and the trace tells what had come', async () => {
    const { value, events } = await play(
      scene(() => refund),
      async () => {
        const helper = sdk().responses.stream(hello)
        helper.on('response.function_call_arguments.delta', ({ snapshot }) => {
          if (snapshot === '{"order') helper.abort()
        })
        return helper.done().catch((error: unknown) => error)
      },
    )
    expect(value).toBeInstanceOf(OpenAI.APIUserAbortError)
    expect(events.at(-1)).toMatchObject({
      type: 'request.aborted',
      class: 'indeterminate',
      partial: { content: 'Gladly.', finishReason: '', toolCalls: [{ name: 'refund', arguments: '{"order' }] },
    })
  })
})

describe('a stream that does not become whole', () => {
  const partial = { content: 'Your order', finishReason: '', toolCalls: [] }
  const events = 6

  const under = (id: string) =>
    play(
      scene(() => shipped, { faults: [fault(id, modelTarget, { afterFrames: events })] }),
      () =>
        sdk()
          .responses.stream(hello)
          .finalResponse()
          .catch((error: unknown) => error),
    )

  it('is an error where the connection is reset, and told of in the trace', async () => {
    const { events: trace, value } = await under('sse.cut.reset')
    expect(value).toBeInstanceOf(Error)
    expect(trace.at(-1)).toMatchObject({ type: 'request.failed', class: 'indeterminate', partial })
  })

  it('is no error to the helper where it just ends, but has an unknown end in the trace', async () => {
    const { events: trace, value } = await under('sse.cut.clean')
    expect(value).toMatchObject({ status: 'in_progress', output_text: 'Your order' })
    expect(trace.at(-1)).toMatchObject({ type: 'response.end', class: 'indeterminate', model: null, partial })
  })

  it('is said again when it is asked for again', async () => {
    const faults = [fault('sse.cut.clean', modelTarget, { afterFrames: events })]
    const { value } = await play(scene([shipped, { content: 'Next.' }], { faults }), async () => {
      const say = async () => (await sdk().responses.stream(hello).finalResponse()).output_text
      return [await say(), await say(), await say()]
    })
    expect(value).toEqual(['Your order', shipped.content, 'Next.'])
  })
})
