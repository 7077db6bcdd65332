import { describe, expect, it } from 'vitest'
import { functionFailureMembers } from '../../../src/faults/families/function-failures.ts'
import { faultable } from '../../../src/wire/functions/faultable.ts'
import { play, rejection } from '../../wire/_play.ts'
import { refundTool } from '../../wire/functions/_tools.ts'
import { fault, toolTarget } from '../_strike.ts'

/** What the caller of a tool sees of one faulty call, and whether the work was done. */
async function refundUnder(id: string, parameters = {}) {
  const played = await play({ upstreams: [], faults: [fault(id, toolTarget, parameters)] }, () => seen(refundTool()))
  const isDone = played.events.some(({ type }) => type === 'effect.applied')
  return { ...played, ...played.value, isDone }
}

async function seen(refund: ReturnType<typeof refundTool>): Promise<{ how: string; what?: unknown }> {
  try {
    const promise = refund({ orderId: 'A-1', signal: AbortSignal.timeout(60_000) })
    return await promise.then(
      (what) => ({ how: 'resolved', what }),
      (what: unknown) => ({ how: 'rejected', what }),
    )
  } catch (what) {
    return { how: 'threw', what }
  }
}

const failures = {
  'function.rejects': [{}, { how: 'rejected', what: new Error('the function failed'), isDone: false, virtualMs: 0 }],
  'function.throws': [{}, { how: 'threw', what: new Error('the function failed'), isDone: false, virtualMs: 0 }],
  'function.throws_non_error': [{ what: 'nothing' }, { how: 'rejected', what: undefined, isDone: false }],
  'function.hangs': [{}, { how: 'rejected', what: { name: 'TimeoutError' }, isDone: false, virtualMs: 60_000 }],
  'function.late_success': [
    { lateMs: 90_000 },
    { how: 'resolved', what: { orderId: 'A-1' }, isDone: true, virtualMs: 90_000 },
  ],
} as const

describe('a function that fails, seen by its caller', () => {
  it.each(Object.entries(failures))('%s', async (id, [parameters, expected]) => {
    const { events, ...caller } = await refundUnder(id, parameters)
    expect(caller).toMatchObject({ ...expected, deliveries: [1] })
    expect(events).toContainEqual(expect.objectContaining({ type: 'fault.injected', id }))
  })

  it.each([
    ['a string', 'the function failed'],
    ['an object', { reason: 'the function failed' }],
  ])('throws %s where it should throw an Error', async (what, thrown) => {
    expect(await refundUnder('function.throws_non_error', { what })).toMatchObject({ what: thrown, isDone: false })
  })

  it('hangs for ever where its caller has no time-out', async () => {
    const hanging = play({ upstreams: [], faults: [fault('function.hangs', toolTarget)] }, () =>
      refundTool()({ orderId: 'A-1' }),
    )
    await expect(hanging).rejects.toThrow('the world stalled: nothing in flight and no timer set')
  })

  it('is not late where it has failed: then nothing is delivered', async () => {
    const failing = refundTool(() => Promise.reject(new Error('its own')))
    const faults = [fault('function.late_success', toolTarget, { lateMs: 90_000 })]
    const { value, deliveries } = await play({ upstreams: [], faults }, () => rejection(failing({ orderId: 'A-1' })))
    expect([value.message, deliveries]).toEqual(['its own', [0]])
  })

  it('throws to a caller that does not wait, who is struck by nothing that takes time', async () => {
    const count = faultable({ kind: 'store', name: 'tokens', synchronous: true }, (text: string) => text.length)
    const target = { kind: 'store', name: 'tokens' } as const
    const ids = ['function.hangs', 'function.rejects', 'latency.fixed', 'function.throws']
    const faults = ids.map((id) => fault(id, target, id === 'latency.fixed' ? { ms: 9 } : {}))
    const { value, deliveries, virtualMs } = await play({ upstreams: [], faults }, async () => {
      await Promise.resolve()
      try {
        return count('abc')
      } catch (error) {
        return String(error)
      }
    })
    expect([value, deliveries, virtualMs]).toEqual(['Error: the function failed', [0, 0, 0, 1], 0])
  })

  it('fails in every way there is', () => {
    expect(Object.keys(failures).toSorted()).toEqual(functionFailureMembers.map(({ id }) => id).toSorted())
  })
})
