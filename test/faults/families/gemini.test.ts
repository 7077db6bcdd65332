import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { geminiErrorMembers } from '../../../src/faults/families/gemini-errors.ts'
import { geminiReplyMembers } from '../../../src/faults/families/gemini-replies.ts'
import type { ScriptedReply } from '../../../src/wire/model-script.ts'
import { candidateOf, candidatesOf, converse, post, stream } from '../../wire/google/_gemini.ts'
import { fault, modelErrorUnder, modelTarget } from '../_strike.ts'

const shipped: ScriptedReply = { content: 'Your order has been shipped today.' }
const refund: ScriptedReply = { toolCalls: [{ name: 'refund', arguments: { orderId: 'A-1', amount: 5 } }] }

function under(id: string, parameters: JsonObject = {}, run = () => post(), reply = shipped) {
  return converse({ script: () => reply }, run, [fault(id, modelTarget, parameters)])
}

describe('an error of Gemini', () => {
  it.each([
    ['gemini.429', { waitMs: 34_400 }, 429, 'RESOURCE_EXHAUSTED', 'failure'],
    ['gemini.500', {}, 500, 'INTERNAL', 'failure'],
    ['gemini.503', {}, 503, 'UNAVAILABLE', 'failure'],
    ['gemini.504', {}, 504, 'DEADLINE_EXCEEDED', 'failure'],
    ['gemini.403', {}, 403, 'PERMISSION_DENIED', 'neutral'],
    ['gemini.404', {}, 404, 'NOT_FOUND', 'neutral'],
    ['gemini.400.key', {}, 400, 'INVALID_ARGUMENT', 'neutral'],
    ['gemini.400.pairing', {}, 400, 'INVALID_ARGUMENT', 'neutral'],
    ['gemini.400.context', { windowTokens: 1_048_576 }, 400, 'INVALID_ARGUMENT', 'neutral'],
  ])('%s is %i %s in the envelope', async (id, parameters, status, name, outcome) => {
    const { value, events, deliveries } = await under(id, parameters)
    expect(value.status).toBe(status)
    expect(value.headers['content-type']).toBe('application/json; charset=UTF-8')
    expect(JSON.parse(value.text)).toMatchObject({ error: { code: status, status: name } })
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: outcome, errorCode: name })
    expect(deliveries).toEqual([1])
  })

  it('every member is tested above', () => {
    expect(geminiErrorMembers).toHaveLength(9)
  })

  it('of the quota has how long to wait in its body, and in no header', async () => {
    const { value } = await under('gemini.429', { waitMs: 34_400, quota: 'requests' })
    expect(value.headers['retry-after']).toBeUndefined()
    expect(value.text).toBe(`{
  "error": {
    "code": 429,
    "message": "You exceeded your current quota, please check your plan.",
    "status": "RESOURCE_EXHAUSTED",
    "details": [
      {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [
          {
            "quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"
          }
        ]
      },
      {
        "@type": "type.googleapis.com/google.rpc.RetryInfo",
        "retryDelay": "34.4s"
      }
    ]
  }
}
`)
  })

  it('of the quota of a day names it', async () => {
    const { value } = await under('gemini.429', { quota: 'day', waitMs: 1_000 })
    expect(value.text).toContain('"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"')
  })

  it('has the words of the recorded errors', async () => {
    expect((await under('gemini.400.context', { windowTokens: 1_048_576 })).value.text).toContain(
      '"The input token count (1054532) exceeds the maximum number of tokens allowed (1048576)."',
    )
    expect((await under('gemini.404')).value.text).toContain(
      'models/gemini-3-flash is not found for API version v1beta',
    )
    expect((await under('gemini.400.key')).value.text).toContain('"reason": "API_KEY_INVALID"')
  })

  it('strikes no endpoint of another provider', async () => {
    const { deliveries } = await modelErrorUnder(fault('gemini.503', modelTarget), fault('openai.500', modelTarget))
    expect(deliveries).toEqual([0, 1])
  })
})

/** The candidate that ends a reply, whole and streamed, and what was left of it in the trace. */
async function endingUnder(id: string, parameters: JsonObject, reply = shipped) {
  const whole = await under(id, parameters, post, reply)
  const pieces = await under(id, parameters, stream, reply)
  expect([whole.deliveries, pieces.deliveries]).toEqual([[1], [1]])
  const said = [whole, pieces].map(({ events }) => events.find((event) => event.type === 'response.end')?.model)
  return { whole: whole.value, pieces: pieces.value, said }
}

describe('a reply of Gemini that is none', () => {
  it('gemini.malformed_call has the captured shape', async () => {
    const { whole, pieces, said } = await endingUnder('gemini.malformed_call', {}, refund)
    expect(candidateOf(whole)).toEqual({ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL' })
    expect(candidatesOf(pieces)).toEqual([{ content: {}, finishReason: 'MALFORMED_FUNCTION_CALL' }])
    expect(JSON.parse(whole.text)).toMatchObject({ usageMetadata: { promptTokenCount: 10, totalTokenCount: 10 } })
    const nothing = { content: null, finishReason: 'MALFORMED_FUNCTION_CALL', toolCalls: [] }
    expect(said).toEqual([nothing, nothing])
  })

  it('gemini.safety has no content', async () => {
    const { whole, pieces } = await endingUnder('gemini.safety', { keeps: 'nothing' })
    expect(candidateOf(whole)).toEqual({ finishReason: 'SAFETY', index: 0 })
    expect(candidatesOf(pieces)).toEqual([{ finishReason: 'SAFETY', index: 0 }])
  })

  it('gemini.safety may keep what it had, function calls included', async () => {
    const { whole, pieces, said } = await endingUnder('gemini.safety', { keeps: 'parts' }, refund)
    expect(candidateOf(whole)).toMatchObject({
      content: { parts: [{ functionCall: { name: 'refund' } }] },
      finishReason: 'SAFETY',
    })
    expect(candidatesOf(pieces).at(-1)?.finishReason).toBe('SAFETY')
    expect(said).toMatchObject([{ toolCalls: [{ name: 'refund' }] }, { toolCalls: [{ name: 'refund' }] }])
  })

  it.each(['SAFETY', 'PROHIBITED_CONTENT', ''])('gemini.blocked: "%s" has no candidates', async (blockReason) => {
    const { whole, pieces, said } = await endingUnder('gemini.blocked', { blockReason })
    for (const text of [whole.text, pieces.text.replace(/^data: /, '')]) {
      expect(JSON.parse(text)).toEqual({
        promptFeedback: { blockReason },
        usageMetadata: {
          promptTokenCount: 10,
          totalTokenCount: 10,
          promptTokensDetails: [{ modality: 'TEXT', tokenCount: 10 }],
        },
        modelVersion: 'gemini-3-flash',
        responseId: expect.any(String) as unknown,
      })
    }
    expect(said).toEqual([null, null])
  })

  it('every member is tested above, and leaves errors alone', async () => {
    expect(geminiReplyMembers.map(({ id }) => id)).toEqual(['gemini.malformed_call', 'gemini.safety', 'gemini.blocked'])
    for (const { id } of geminiReplyMembers) {
      const faults = [fault('gemini.500', modelTarget), fault(id, modelTarget)]
      const { value, deliveries } = await converse({}, () => post(), faults)
      expect(value.status).toBe(500)
      expect(deliveries).toEqual([1, 0])
    }
  })
})

describe('the faults of every dialect, at Gemini', () => {
  it.each<[string, JsonObject, ScriptedReply, object]>([
    ['finish.length', {}, shipped, { content: { parts: [{ text: 'Your order has be' }] }, finishReason: 'MAX_TOKENS' }],
    ['finish.content_filter', { keeps: 'nothing' }, shipped, { finishReason: 'SAFETY' }],
    ['finish.length+tool', { finishReason: 'length' }, refund, { finishReason: 'MAX_TOKENS' }],
    ['empty.content', { form: 'null' }, shipped, { content: { role: 'model' }, finishReason: 'STOP' }],
    ['tool.badjson', { form: 'cut' }, refund, { content: {}, finishReason: 'MALFORMED_FUNCTION_CALL' }],
    [
      'tool.unknown',
      { name: 'invented' },
      refund,
      { content: { parts: [{ functionCall: { name: 'perform_action' } }] } },
    ],
    ['tool.as_text', {}, refund, { content: { parts: [{ text: expect.stringMatching(/^<tool_call>/) as unknown }] } }],
  ])('%s %j', async (id, parameters, reply, candidate) => {
    const { value, deliveries } = await under(id, parameters, post, reply)
    expect(deliveries).toEqual([1])
    expect(candidateOf(value)).toMatchObject(candidate)
  })

  it('finish.mismatch has nothing to contradict: calls end for STOP', async () => {
    const { deliveries } = await under('finish.mismatch', {}, post, refund)
    expect(deliveries).toEqual([0])
  })

  it.each<[string, JsonObject, (body: JsonObject) => unknown, unknown]>([
    ['empty.choices', {}, ({ candidates }) => candidates, undefined],
    ['usage', { form: 'missing' }, ({ usageMetadata }) => usageMetadata, undefined],
    ['model.swapped', { model: 'gemini-2.0-flash' }, ({ modelVersion }) => modelVersion, 'gemini-2.0-flash'],
    ['body.missing_fields', {}, ({ candidates, responseId }) => [candidates, responseId], [undefined, undefined]],
  ])('%s %j', async (id, parameters, read, expected) => {
    const { value, deliveries } = await under(id, parameters)
    expect(deliveries).toEqual([1])
    expect(read(JSON.parse(value.text) as JsonObject)).toEqual(expected)
  })

  it.each(['sse.cut.clean', 'sse.cut.close'])('%s never lets the finish reason through', async (id) => {
    const { value, events } = await under(id, { afterFrames: 100_000 }, stream)
    const frames = value.text.split('\r\n\r\n').slice(0, -1)
    expect(frames).toHaveLength(7)
    expect(frames.join('')).not.toContain('finishReason')
    const end = events.find((event) => event.type === 'response.end')
    expect(end).toMatchObject({ class: 'indeterminate', model: null, partial: { content: shipped.content } })
  })

  it.each(['lf', 'crlf', 'cr'])('sse.frames.split says the same with line ends %s', async (lineEnd) => {
    const { value, events } = await under('sse.frames.split', { pieceBytes: 7, framesTogether: 2, lineEnd }, stream)
    const end = { lf: '\n\n', crlf: '\r\n\r\n', cr: '\r\r' }[lineEnd] ?? ''
    expect(value.text.split(end)).toHaveLength(candidatesOf(value).length + 1)
    expect(events.find((event) => event.type === 'response.end')?.model?.content).toBe(shipped.content)
  })
})
