import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ShakedownError } from '../../../src/contract/errors.ts'
import { faultable } from '../../../src/wire/functions/faultable.ts'
import { localFunction } from '../../../src/wire/functions/local-function.ts'
import { toolBackend, toolResult } from '../../../src/wire/tool-backend.ts'
import { fault } from '../../faults/_strike.ts'
import { play, rejection } from '../_play.ts'
import { refundTool } from './_tools.ts'

const refund = { kind: 'tool', name: 'issue_refund' } as const
const nothing = { upstreams: [] }

describe('a function open to faults', () => {
  it('is the function itself outside a world, with its name, its length and its this', () => {
    class Counter {
      count = 1
      readonly add = faultable(
        { kind: 'tool', name: 'add', synchronous: true },
        function add(this: Counter, by: number) {
          return (this.count += by)
        },
      )
    }
    const counter = new Counter()
    expect(counter.add(2)).toBe(3)
    expect(counter.add).toHaveLength(1)
    expect(counter.add.name).toBe('add')
  })

  it('is recorded in a world as a call that is sent and answered, with the effect it has', async () => {
    const { events } = await play(nothing, () => refundTool()({ orderId: 'A-1' }))
    const call = { at: 0, task: 0, call: 0, upstream: 'issue_refund', kind: 'tool' }
    expect(events).toEqual([
      expect.objectContaining({
        ...call,
        type: 'request.sent',
        body: '{"orderId":"A-1"}',
        attempt: 1,
        tool: { name: 'issue_refund', arguments: { orderId: 'A-1' } },
      }),
      {
        ...call,
        type: 'effect.applied',
        effect: { tool: 'issue_refund', key: 'refund:A-1', detail: { orderId: 'A-1' } },
      },
      expect.objectContaining({ ...call, type: 'response.end', class: 'success', body: '{"orderId":"A-1"}' }),
    ])
  })

  it('is a failed attempt where it throws, and a repeated call is the next', async () => {
    let calls = 0
    const flaky = refundTool(() => (++calls === 1 ? Promise.reject(new RangeError('once')) : Promise.resolve('done')))
    const { value, events } = await play(nothing, async () => {
      const error = await rejection(flaky({ orderId: 'A-1' }))
      return [error.message, await flaky({ orderId: 'A-1' })]
    })
    expect(value).toEqual(['once', 'done'])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'request.failed', cause: 'RangeError', class: 'failure' }),
    )
    expect(events).toContainEqual(expect.objectContaining({ type: 'request.sent', attempt: 2, previous: 0 }))
    expect(events.filter(({ type }) => type === 'effect.applied')).toHaveLength(1)
  })

  it('is slow in virtual time, and given up with the signal among its arguments', async () => {
    const faults = [fault('latency.fixed', refund, { ms: 45_000 }, { on: 'every', n: 1 })]
    const { value, events, virtualMs } = await play({ ...nothing, faults }, async () => {
      const first = await refundTool()({ orderId: 'A-1' })
      const error = await rejection(refundTool()({ orderId: 'A-2', signal: AbortSignal.timeout(10_000) }))
      return [first, error.name]
    })
    expect(value).toEqual([{ orderId: 'A-1' }, 'TimeoutError'])
    expect(virtualMs).toBe(55_000)
    expect(events.at(-1)).toMatchObject({ type: 'request.aborted', class: 'indeterminate', at: 55_000 })
  })

  it('that does not hear its signal is given up in the trace, and its late value still comes', async () => {
    const deaf = refundTool(({ orderId }) => new Promise((resolve) => setTimeout(() => resolve(orderId), 20_000)))
    const { value, events } = await play(nothing, () => deaf({ orderId: 'A-1', signal: AbortSignal.timeout(5_000) }))
    expect(value).toBe('A-1')
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ['request.sent', 0],
      ['request.aborted', 5_000],
      ['effect.applied', 20_000],
    ])
  })

  it('that is called in a signal already aborted is called all the same, as it is without the wrapper', async () => {
    const hears = refundTool(({ signal }) => Promise.reject(signal?.reason as Error))
    const { value, events } = await play(nothing, () =>
      rejection(hears({ orderId: 'A-1', signal: AbortSignal.abort(new Error('stop')) })),
    )
    expect(value.message).toBe('stop')
    expect(events.map(({ type }) => type)).toEqual(['request.sent', 'request.aborted'])
  })

  it('cannot be called like an upstream of another kind', async () => {
    const backend = toolBackend({
      tool: 'issue_refund',
      method: 'GET',
      url: 'https://a.test/x',
      handle: () => toolResult({}),
    })
    await expect(play({ upstreams: [backend] }, () => refundTool()({ orderId: 'A-1' }))).rejects.toThrow(
      'the tool "issue_refund" is a function, and the scenario has a tool reached at the seam "http" of the same name',
    )
    const listed = localFunction({ kind: 'tool', name: 'issue_refund' })
    await expect(play({ upstreams: [listed] }, () => refundTool()({ orderId: 'A-1' }))).resolves.toBeDefined()
  })

  it('needs a kind and a name', () => {
    const wrong = () => faultable({ kind: 'tool', name: '' }, () => Promise.resolve())
    expect(wrong).toThrow(ShakedownError)
    expect(wrong).toThrow('a function open to faults')
  })
})

/** What a caller can tell of a call. */
async function seenOf(call: () => unknown): Promise<readonly unknown[]> {
  try {
    const result = call()
    if (!(result instanceof Promise)) return ['returned', result]
    return await result.then(
      (value: unknown) => ['resolved', value],
      (reason: unknown) => ['rejected', reason],
    )
  } catch (thrown) {
    return ['threw', thrown]
  }
}

const behaviours = {
  returns: (value: unknown) => value,
  throws: (value: unknown) => {
    throw value
  },
  resolves: (value: unknown) => Promise.resolve(value),
  rejects: (value: unknown) => Promise.reject(value),
  'resolves later': (value: unknown) => new Promise((resolve) => setTimeout(() => resolve(value), 700)),
}

describe('a law of functions open to faults', () => {
  it('without a fault the caller sees what it sees of the bare function, to the identity', async () => {
    const values = fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true })
    const names = fc.constantFrom(...(Object.keys(behaviours) as (keyof typeof behaviours)[]))
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.boolean(),
        fc.array(values, { minLength: 1, maxLength: 3 }),
        async (name, synchronous, args) => {
          const bare = behaviours[name]
          const wrapped = faultable({ kind: 'tool', name: 'any', synchronous }, bare)
          const { value: seen } = await play(nothing, () => seenOf(() => Reflect.apply(wrapped, undefined, args)))
          const { value: expected } = await play(nothing, () => seenOf(() => bare(args[0])))
          expect(seen[0]).toBe(expected[0])
          expect(Object.is(seen[1], expected[1])).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })
})
