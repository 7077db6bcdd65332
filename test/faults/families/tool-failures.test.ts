import { describe, expect, it } from 'vitest'
import { toolFailureMembers } from '../../../src/faults/families/tool-failures.ts'
import { play, rejection } from '../../wire/_play.ts'
import { fault, latencyMs, refundA1, refundUnder, refundUrl, refunds, toolTarget } from '../_strike.ts'

const done = ['refund:A-1']
const json = { 'content-type': 'application/json' }

/** What a tool sees of each fault that answers, and whether the work was done. */
const answers = {
  'tool.error': [{ status: 503 }, { status: 503, headers: json, body: '{"error":"internal error"}', effects: [] }],
  'tool.success_then_error': [
    { status: 500 },
    { status: 500, headers: json, body: '{"error":"internal error"}', effects: done },
  ],
  'tool.429': [
    { retryAfterSeconds: 30 },
    { status: 429, headers: { ...json, 'retry-after': '30' }, body: '{"error":"too many requests"}', effects: [] },
  ],
  'tool.not_found': [{}, { status: 404, headers: json, body: '{"error":"not found"}', effects: [] }],
  'tool.empty': [{}, { status: 200, headers: json, body: '{}', effects: done }],
  'tool.truncated': [{}, { status: 200, headers: json, body: '{"refunde', effects: done }],
  'tool.html': [
    {},
    {
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: expect.stringMatching(/^<html>.*<h1>502 Bad Gateway<\/h1>.*<\/html>$/),
      effects: [],
    },
  ],
} as const

describe('a faulty back end, seen through fetch', () => {
  it.each(Object.entries(answers))('%s arrives as an answer', async (id, [parameters, expected]) => {
    const seen = await refundUnder(fault(id, toolTarget, parameters))
    expect(seen).toMatchObject({ ...expected, virtualMs: latencyMs, deliveries: [1] })
    expect(Object.keys(seen.headers)).toEqual(Object.keys(expected.headers))
  })

  it('that does its work and falls silent is given up by the timeout of its caller alone', async () => {
    const faults = [fault('tool.success_then_silence', toolTarget)]
    const { value, events, virtualMs } = await play({ upstreams: [refunds()], faults }, () =>
      rejection(fetch(refundUrl, { ...refundA1, signal: AbortSignal.timeout(90_000) })),
    )
    expect(value.name).toBe('TimeoutError')
    expect(virtualMs).toBe(90_000)
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ['request.sent', 0],
      ['fault.injected', 0],
      ['effect.applied', latencyMs],
      ['request.aborted', 90_000],
    ])
    expect(events.at(-1)).toMatchObject({ class: 'indeterminate' })
  })

  it('that falls silent leaves a caller without a timeout waiting for the five minutes of fetch', async () => {
    const faults = [fault('tool.success_then_silence', toolTarget)]
    const asked = () => rejection(fetch(refundUrl, refundA1))
    const { value, virtualMs } = await play({ upstreams: [refunds()], faults }, asked)
    expect(value).toMatchObject({ message: 'fetch failed', cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } })
    expect(virtualMs).toBe(300_000)
  })

  it('fails in every way there is', () => {
    const seen = [...Object.keys(answers), 'tool.success_then_silence']
    expect(seen.toSorted()).toEqual(toolFailureMembers.map(({ id }) => id).toSorted())
  })
})
