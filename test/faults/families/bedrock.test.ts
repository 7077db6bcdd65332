import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { bedrockMembers } from '../../../src/faults/families/bedrock-errors.ts'
import { createTrialJudge } from '../../../src/properties/judge-trial.ts'
import { retryClass } from '../../../src/properties/retry/retry-class.ts'
import { missedBy } from '../../../src/scenario/possible-faults.ts'
import { bedrockConverse } from '../../../src/wire/bedrock/bedrock-converse.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { converse, decode, post, stream } from '../../wire/bedrock/_bedrock.ts'
import { factsOf } from '../../properties/_trace.ts'
import { fault, modelErrorUnder, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped today.' }
const refund: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1', amount: 5 } }] }

function under(id: string, parameters: JsonObject = {}, run = () => post(), reply = shipped) {
  return converse({ script: () => reply }, run, [fault(id, modelTarget, parameters)])
}

describe('an error of Bedrock', () => {
  it.each([
    ['bedrock.429', 429, 'ThrottlingException', 'failure'],
    ['bedrock.500', 500, 'InternalServerException', 'failure'],
    ['bedrock.503', 503, 'ServiceUnavailableException', 'failure'],
    ['bedrock.408', 408, 'ModelTimeoutException', 'failure'],
    ['bedrock.403', 403, 'AccessDeniedException', 'neutral'],
    ['bedrock.404', 404, 'ResourceNotFoundException', 'neutral'],
    ['bedrock.400.context', 400, 'ValidationException', 'neutral'],
    ['bedrock.400.pairing', 400, 'ValidationException', 'neutral'],
  ])('%s is %i with its kind in a header', async (id, status, exception, outcome) => {
    const { value, events, deliveries } = await under(id)
    expect(value.status).toBe(status)
    expect(value.headers['x-amzn-errortype']).toBe(`${exception}:http://internal.amazon.com/coral/com.amazon.bedrock/`)
    expect(value.headers['x-amzn-requestid']).toMatch(/^[\da-f-]{36}$/)
    expect(Object.keys(JSON.parse(value.text) as object)).toEqual(['message'])
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: outcome, errorCode: exception })
    expect(deliveries).toEqual([1])
  })

  it('every member is tested above', () => {
    expect(bedrockMembers).toHaveLength(8)
  })

  it.each([
    ['tokens', '{"message":"Too many tokens, please wait before trying again."}'],
    ['requests', '{"message":"Too many requests, please wait before trying again."}'],
    ['tokens_per_day', '{"message":"Too many tokens per day, please wait before trying again."}'],
  ])('bedrock.429 of %s says so in its words alone', async (limit, body) => {
    const { value } = await under('bedrock.429', { limit })
    expect(value.text).toBe(body)
    expect(value.headers['retry-after']).toBeUndefined()
  })

  it.each([
    ['tokens_per_day', 'violated'],
    ['tokens', 'vacuous'],
    ['requests', 'vacuous'],
  ])('bedrock.429 of %s is judged by its words where it is repeated', async (limit, verdict) => {
    const askTwice = async () => {
      const refused = await post()
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      return [refused.status, (await post()).status]
    }
    const { value, events } = await converse({}, askTwice, [fault('bedrock.429', modelTarget, { limit })])
    expect(value).toEqual([429, 200])
    const judge = createTrialJudge([retryClass], factsOf({ retry: { maxAttempts: 3 } }))
    for (const event of events) judge.observe(event)
    expect(judge.finish().get('R3')?.verdict).toBe(verdict)
  })

  it('strikes no endpoint of another provider', async () => {
    const { deliveries } = await modelErrorUnder(fault('bedrock.503', modelTarget), fault('openai.500', modelTarget))
    expect(deliveries).toEqual([0, 1])
  })
})

describe('a stream of Bedrock that breaks, read by the official codec', () => {
  it.each([
    'internalServerException',
    'modelStreamErrorException',
    'throttlingException',
    'validationException',
    'serviceUnavailableException',
  ])('sse.error.bedrock: %s ends it, under the status 200', async (exception) => {
    const { value, events, deliveries } = await under('sse.error.bedrock', { afterFrames: 3, exception }, stream)
    expect(value.status).toBe(200)
    const frames = decode(value.bytes)
    expect(frames).toHaveLength(4)
    expect(frames.at(-1)).toEqual({
      headers: { ':exception-type': exception, ':content-type': 'application/json', ':message-type': 'exception' },
      payload: { message: expect.any(String) as unknown },
    })
    expect(events.find((event) => event.type === 'response.end')).toMatchObject({
      class: 'failure',
      errorCode: exception,
      model: null,
      partial: { content: 'Your order' },
    })
    expect(deliveries).toEqual([1])
  })

  it('sse.cut.clean never lets the stop reason through', async () => {
    const { value, events, deliveries } = await under('sse.cut.clean', { afterFrames: 100_000 }, stream)
    const names = decode(value.bytes).map(({ headers }) => headers[':event-type'])
    expect(names.at(-1)).toBe('contentBlockStop')
    const end = events.find((event) => event.type === 'response.end')
    expect(end).toMatchObject({ class: 'indeterminate', model: null, partial: { content: shipped.content } })
    expect(deliveries).toEqual([1])
  })

  it('sse.cut.close ends it inside a frame', async () => {
    const { value, events } = await under('sse.cut.close', { afterFrames: 3 }, stream)
    expect(() => decode(value.bytes)).toThrow()
    expect(events.find((event) => event.type === 'response.end')).toMatchObject({ class: 'indeterminate', model: null })
  })

  it('sse.reorder swaps two frames, for the client and in the trace', async () => {
    const { value, events, deliveries } = await under('sse.reorder', { afterFrames: 2 }, stream)
    const texts = decode(value.bytes).map(({ payload }) => JSON.stringify(payload))
    expect(texts.slice(2, 4).map((text) => /"text":"([^"]+)"/.exec(text)?.[1])).toEqual([' has', ' order'])
    expect(events.at(-1)).toMatchObject({ class: 'success', model: { content: 'Your has order been shipped today.' } })
    expect(deliveries).toEqual([1])
  })

  it('sse.bad_gzip is no gzip', async () => {
    const { value, deliveries } = await under('sse.bad_gzip', {}, () =>
      stream().catch((error: unknown) => error as never),
    )
    expect(value).toMatchObject({ message: 'terminated' })
    expect(deliveries).toEqual([1])
  })

  it('sse.dup repeats a frame', async () => {
    const { value } = await under('sse.dup', { afterFrames: 1 }, stream)
    const [, first, second] = decode(value.bytes)
    expect(second).toEqual(first)
  })

  it.each([
    ['sse.frames.split', { pieceBytes: 7, framesTogether: 2, lineEnd: 'crlf' }],
    ['sse.utf8.split', {}],
    ['sse.comment', { afterFrames: 1, count: 2, everyMs: 1_000 }],
    ['sse.ping', {}],
    ['sse.partial_json', {}],
    ['sse.unknown_event', {}],
  ])('%s is of server-sent events alone, and is said to be', async (id, parameters) => {
    expect(missedBy(fault(id, modelTarget, parameters), [bedrockConverse({ script: () => shipped })])).toHaveLength(1)
    const { value, deliveries } = await under(id, parameters, stream)
    expect(deliveries).toEqual([0])
    expect(decode(value.bytes).at(-1)?.headers[':event-type']).toBe('metadata')
  })
})

describe('the faults of every dialect, at Bedrock', () => {
  it.each<[string, JsonObject, ScriptedReply, object]>([
    [
      'finish.length',
      {},
      shipped,
      { output: { message: { content: [{ text: 'Your order has be' }] } }, stopReason: 'max_tokens' },
    ],
    ['finish.content_filter', { keeps: 'nothing' }, shipped, { stopReason: 'content_filtered' }],
    [
      'finish.mismatch',
      {},
      refund,
      { output: { message: { content: [{ toolUse: { name: 'refund' } }] } }, stopReason: 'end_turn' },
    ],
    [
      'tool.badjson',
      { form: 'cut' },
      refund,
      { output: { message: { content: [{ toolUse: { input: '{"orderId":"A-' } }] } } },
    ],
    ['empty.choices', {}, shipped, { output: { message: { content: [], role: 'assistant' } }, stopReason: 'end_turn' }],
    ['usage', { form: 'negative' }, shipped, { usage: { inputTokens: -1, outputTokens: -1, totalTokens: -1 } }],
  ])('%s %j', async (id, parameters, reply, body) => {
    const { value, deliveries } = await under(id, parameters, post, reply)
    expect(deliveries).toEqual([1])
    expect(JSON.parse(value.text)).toMatchObject(body)
  })

  it('body.missing_fields leaves no output', async () => {
    const { value } = await under('body.missing_fields')
    expect(Object.keys(JSON.parse(value.text) as object)).toEqual(['metrics', 'stopReason', 'usage'])
  })

  it('model.swapped has no name to swap', async () => {
    expect((await under('model.swapped', { model: 'other' })).deliveries).toEqual([0])
  })
})
