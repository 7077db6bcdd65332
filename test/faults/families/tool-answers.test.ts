import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../src/contract/json.ts'
import { toolOrderMembers } from '../../../src/faults/families/tool-order.ts'
import { toolRefusalMembers } from '../../../src/faults/families/tool-refusals.ts'
import { toolRepeatMembers } from '../../../src/faults/families/tool-repeats.ts'
import { toolValueMembers } from '../../../src/faults/families/tool-values.ts'
import { faultable } from '../../../src/wire/functions/faultable.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { play, rejection } from '../../wire/_play.ts'
import { fault, toolTarget } from '../_strike.ts'

const url = 'https://orders.test/orders'
const order = { orderId: 'A-1', cents: 950 }

/** What the callers of one tool get, call after call, over HTTP and from a function of their own process. */
async function overHttp(id: string, parameters: JsonObject, answers: readonly Json[], on = 1) {
  const left = [...answers]
  const upstream = toolBackend({
    tool: 'look_up',
    method: 'POST',
    url,
    handle: () => toolResult(left.shift()),
  })
  return play(
    { upstreams: [upstream], faults: [fault(id, toolTarget, parameters, { on: 'nth', n: on })] },
    async () => {
      const seen = []
      for (const _ of answers) {
        const answer = await fetch(url, { method: 'POST', body: '{"orderId":"A-1"}' })
        seen.push({ status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()).toString('latin1') })
      }
      return seen.at(-1)
    },
  )
}

async function byFunction(id: string, parameters: JsonObject, answers: readonly unknown[], on = 1) {
  const left = [...answers]
  const lookUp = faultable({ kind: 'tool', name: 'look_up' }, (_asked: unknown) => Promise.resolve(left.shift()))
  return play({ upstreams: [], faults: [fault(id, toolTarget, parameters, { on: 'nth', n: on })] }, async () => {
    let seen: unknown
    for (const _ of answers) {
      seen = await lookUp({ orderId: 'A-1' }).catch((error: unknown) => ({ thrown: error }))
    }
    return seen
  })
}

const thrown = (code: string) => ({ thrown: expect.objectContaining({ code }) as unknown })

/** The answer of the tool, what it becomes over HTTP, and what as the value of a function. */
const changes: Readonly<Record<string, readonly [given: Json, body: unknown, value: unknown]>> = {
  'tool.null': [order, 'null', null],
  'tool.nothing': [order, '', undefined],
  'tool.field_removed': [{ orderId: 'A-1' }, '{}', {}],
  'tool.corrupted': [{ cents: 950 }, '{"cents":9501}', { cents: 9_501 }],
  'tool.wrong_type': [{ cents: 950 }, '{"cents":"950"}', { cents: '950' }],
  'tool.renamed': [
    { orderId: 'A-1', paid_in: [{ cents: 9 }] },
    '{"order_id":"A-1","paidIn":[{"cents_value":9}]}',
    { order_id: 'A-1', paidIn: [{ cents_value: 9 }] },
  ],
  'tool.binary': [{ note: 'a' }, '{"note":"a\u00ff"}', { note: 'a\ud83d' }],
  'tool.empty': [order, '{}', {}],
  'tool.truncated': [{ note: 'abcd' }, '{"note"', { note: 'ab' }],
}

describe('an answer of a tool that is not what was agreed', () => {
  it.each(Object.entries(changes))('%s, over HTTP and as a value', async (id, [given, body, value]) => {
    const http = await overHttp(id, {}, [given])
    expect([http.value?.bytes, http.deliveries]).toEqual([body, [1]])
    const local = await byFunction(id, {}, [given])
    expect([local.value, local.deliveries]).toEqual([value, [1]])
  })

  it('is changed without writing into the value that the function gave back', async () => {
    const kept = Object.freeze({ lines: Object.freeze([Object.freeze({ cents: 950 })]) })
    for (const id of Object.keys(changes)) await byFunction(id, {}, [kept])
    expect(kept).toEqual({ lines: [{ cents: 950 }] })
  })

  it('is not struck, and keeps its identity, where it holds nothing to change', async () => {
    const opaque = new Map([['cents', 950]])
    for (const id of [
      'tool.field_removed',
      'tool.corrupted',
      'tool.wrong_type',
      'tool.renamed',
      'tool.binary',
      'tool.truncated',
    ]) {
      const { value, deliveries } = await byFunction(id, {}, [opaque])
      expect(value === opaque && deliveries[0] === 0, id).toBe(true)
    }
  })

  it('by law: a fault counts as delivered exactly where the caller gets another value', async () => {
    const ids = fc.constantFrom(...toolValueMembers.map(({ id }) => id), 'tool.empty', 'tool.truncated')
    await fc.assert(
      fc.asyncProperty(ids, fc.anything(), async (id, given) => {
        const copy = structuredClone(given)
        const { value, deliveries } = await byFunction(id, {}, [given])
        expect(given).toStrictEqual(copy)
        expect(Object.is(value, given)).toBe(deliveries[0] === 0)
      }),
      { numRuns: 150 },
    )
  })
})

describe('an answer of a tool that does not go with those before', () => {
  const first = { orderId: 'A-1', state: 'paid' }
  const second = { orderId: 'A-1', state: 'sent' }

  it('is stale: what was said before', async () => {
    const http = await overHttp('tool.stale', {}, [first, second], 2)
    expect([http.value?.bytes, http.deliveries]).toEqual([JSON.stringify(first), [1]])
    const local = await byFunction('tool.stale', {}, [first, second], 2)
    expect([local.value === first, local.deliveries]).toEqual([true, [1]])
  })

  it('is not stale where nothing was said before, or just that', async () => {
    expect((await byFunction('tool.stale', {}, [first])).deliveries).toEqual([0])
    expect((await overHttp('tool.stale', {}, [first, first], 2)).deliveries).toEqual([0])
  })

  it('is unstable: another one to the same question', async () => {
    const { value, deliveries } = await byFunction('tool.unstable', {}, [{ cents: 5 }, { cents: 5 }], 2)
    expect([value, deliveries]).toEqual([{ cents: 51 }, [1]])
    expect((await byFunction('tool.unstable', {}, [{ cents: 5 }])).deliveries).toEqual([0])
  })

  it('contradicts another tool in a field that both have', async () => {
    const tool = (name: string) => faultable({ kind: 'tool', name }, () => Promise.resolve({ cents: 5 }))
    const faults = [fault('tool.contradiction', toolTarget, {}, { on: 'every', n: 1 })]
    const { value, deliveries } = await play({ upstreams: [], faults }, async () => [
      await tool('look_up')(),
      await tool('bill')(),
    ])
    expect([value, deliveries]).toEqual([[{ cents: 5 }, { cents: 51 }], [1]])
  })

  it('tells every member of the family', () => {
    const told = ['tool.stale', 'tool.other_user', 'tool.unstable', 'tool.contradiction']
    expect(toolRepeatMembers.map(({ id }) => id)).toEqual(told)
    expect(toolValueMembers.filter(({ id }) => !(id in changes))).toEqual([])
  })
})

const refusals = {
  'tool.401': [401, null],
  'tool.403': [403, null],
  'tool.permanent_error': [422, 'PERMANENT'],
  'tool.removed': [410, 'TOOL_REMOVED'],
  'tool.schema_changed': [422, 'INVALID_ARGUMENTS'],
} as const

describe('a tool that refuses', () => {
  it.each(Object.entries(refusals))('%s', async (id, [status, code]) => {
    const http = await overHttp(id, {}, [order])
    expect([http.value?.status, http.deliveries]).toEqual([status, [1]])
    const local = await byFunction(id, {}, [order])
    if (code === null) expect([local.value, local.deliveries]).toEqual([order, [0]])
    else expect([local.value, local.deliveries]).toEqual([thrown(code), [1]])
    expect(toolRefusalMembers.map((member) => member.id)).toContain(id)
  })

  it('names the argument that it knows no more', async () => {
    const { value } = await byFunction('tool.schema_changed', {}, [order])
    expect(value).toMatchObject({ thrown: { message: 'unknown argument "orderId"; expected "orderId_v2"' } })
  })
})

describe('work of a tool', () => {
  it('is half done where three of five are written and success is reported', async () => {
    const written: string[] = []
    const write = faultable({ kind: 'tool', name: 'write' }, ({ rows }: { rows: readonly string[] }) => {
      written.push(...rows)
      return Promise.resolve('ok')
    })
    const faults = [fault('tool.partial_success', toolTarget, {}, { on: 'every', n: 1 })]
    const { value, deliveries } = await play({ upstreams: [], faults }, async () => [
      await write({ rows: ['a', 'b', 'c', 'd', 'e'] }),
      await write({ rows: ['only'] }),
    ])
    expect([value, written, deliveries]).toEqual([['ok', 'ok'], ['a', 'b', 'c', 'only'], [1]])
  })

  it('is half done, and an error reported, where a function says so', async () => {
    const written: string[] = []
    const write = faultable({ kind: 'tool', name: 'write' }, (rows: readonly string[]) => {
      written.push(...rows)
      return Promise.resolve('ok')
    })
    const faults = [fault('tool.partial_success', toolTarget, { says: 'error' })]
    const { value, deliveries } = await play({ upstreams: [], faults }, () => rejection(write(['a', 'b', 'c'])))
    expect([value.message, written, deliveries]).toEqual(['internal error', ['a', 'b'], [1]])
  })

  it.each([
    ['success', 200, { refunded: ['A-1', 'A-2', 'A-3'] }],
    ['error', 500, { error: 'internal error' }],
  ])('is half done over HTTP too, and reports %s', async (says, status, body) => {
    const faults = [fault('tool.partial_success', toolTarget, { says }, { on: 'every', n: 1 })]
    const { value, events, deliveries } = await play({ upstreams: [batches()], faults }, async () => {
      const many = await post({ orderIds: ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'] })
      return { many: { status: many.status, body: await many.json() }, one: (await post({ orderIds: ['A-6'] })).status }
    })
    expect(value).toEqual({ many: { status, body }, one: 200 })
    const effects = events.flatMap((event) => (event.type === 'effect.applied' ? [event.effect.key] : []))
    expect(effects).toEqual(['refund:A-1', 'refund:A-2', 'refund:A-3', 'refund:A-6'])
    // The trace tells what was asked, and of the fault once.
    const sent = events.find((event) => event.type === 'request.sent')
    expect(sent?.tool?.arguments).toEqual({ orderIds: ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'] })
    expect(events.filter(({ type }) => type === 'fault.injected')).toHaveLength(1)
    expect(deliveries).toEqual([1])
  })

  it('is answered out of turn: a later call first', async () => {
    const look = faultable({ kind: 'tool', name: 'look' }, (order: string) => Promise.resolve(order))
    const ended: string[] = []
    await play({ upstreams: [], faults: [fault('tool.overtaken', toolTarget, { holdMs: 500 })] }, () =>
      Promise.all(['first', 'second'].map((order) => look(order).then((seen) => ended.push(seen)))),
    )
    expect(ended).toEqual(['second', 'first'])
    expect(toolOrderMembers.map(({ id }) => id)).toEqual(['tool.overtaken', 'tool.partial_success'])
  })

  it('is slower with each call', async () => {
    const look = faultable({ kind: 'tool', name: 'look' }, () => Promise.resolve())
    const faults = [fault('latency.degrading', toolTarget, { stepMs: 100 }, { on: 'every', n: 1 })]
    const { virtualMs } = await play({ upstreams: [], faults }, async () => {
      for (let call = 0; call < 3; call++) await look()
    })
    expect(virtualMs).toBe(100 + 200 + 300)
  })

  it('is done, and then the function throws or never settles', async () => {
    const failed = await byFunction('tool.success_then_error', { status: 500 }, [order])
    expect(failed.value).toEqual({ thrown: new Error('internal error') })
    await expect(byFunction('tool.success_then_silence', {}, [order])).rejects.toThrow('the world stalled')
    expect((await byFunction('tool.not_found', {}, [order])).value).toEqual(thrown('NOT_FOUND'))
  })

  it('carries far more text than was asked for, or an instruction', async () => {
    const { value } = await byFunction('context.huge_tool_result', { words: 3 }, [order])
    expect(value).toEqual({ ...order, remarks: 'log log log ' })
    const demand = { tool: 'wipe', arguments: {} }
    const planted = await byFunction('policy.planted_instruction', demand, ['fine'])
    expect(planted.value).toMatch(/^fine\nSYSTEM NOTICE: .*wipe/)
    expect((await byFunction('context.huge_tool_result', { words: 3 }, [7])).deliveries).toEqual([0])
  })
})

const batchUrl = 'https://shop.test/refunds/batch'

const post = (body: JsonObject) => fetch(batchUrl, { method: 'POST', body: JSON.stringify(body) })

/** Refunds each order of a list. */
function batches() {
  return toolBackend({
    tool: 'issue_refunds',
    method: 'POST',
    url: batchUrl,
    handle: ({ arguments: { orderIds }, applyEffect }) => {
      for (const orderId of orderIds as string[]) applyEffect(`refund:${orderId}`, { orderId })
      return toolResult({ refunded: orderIds })
    },
  })
}
