import FakeTimers from '@sinonjs/fake-timers'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'

/** Something a program does with timers; timers are named by the order of their making. */
const actions = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('set' as const), delayMs: fc.integer({ min: -1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear' as const), timer: fc.nat(12) }) },
)
type Action = typeof actions extends fc.Arbitrary<infer Value> ? Value : never
/** What is done at first, and what each firing does in turn. */
const programs = fc.record({ start: fc.array(actions, { maxLength: 12 }), then: fc.array(actions, { maxLength: 12 }) })

interface Timers {
  set(callback: () => void, delayMs: number): unknown
  clear(timer: unknown): void
  nowMs(): number
}

const firings = 40

/** Runs a program and lists which timer fired when. */
function trace(
  timers: Timers,
  fireNext: () => boolean,
  { start, then }: { start: Action[]; then: Action[] },
): string[] {
  const made: unknown[] = []
  const fired: string[] = []
  const rest = [...then]
  function perform(action: Action | undefined): void {
    if (action === undefined) return
    if (action.do === 'clear') return timers.clear(made[action.timer])
    const name = made.length
    made.push(undefined)
    const onDue = (): void => {
      fired.push(`${name}@${timers.nowMs()}`)
      perform(rest.shift())
    }
    made[name] = timers[action.do](onDue, action.delayMs)
  }
  for (const action of start) perform(action)
  for (let step = 0; step < firings && fireNext(); step++);
  return fired
}

function onVirtualClock(): [Timers, () => boolean] {
  const clock = new VirtualClock()
  const timers: Timers = {
    set: (callback, delayMs) => clock.setTimer(callback, delayMs),
    clear: (timer) => void clock.find(timer)?.close(),
    nowMs: () => clock.nowMs,
  }
  return [timers, () => clock.fireNext()]
}

function onFakeTimers(): [Timers, () => boolean] {
  const clock = FakeTimers.createClock(0, 1_000_000)
  const timers: Timers = {
    // A delay below 1 ms is 1 ms in Node; fake-timers keeps zero.
    set: (callback, delayMs) => clock.setTimeout(callback, Math.max(1, delayMs)),
    clear: (timer) => clock.clearTimeout(timer as Parameters<typeof clock.clearTimeout>[0]),
    nowMs: () => clock.now,
  }
  return [timers, () => clock.countTimers() > 0 && (clock.next(), true)]
}

describe('the virtual clock', () => {
  it('fires what fake-timers fires, in the same order at the same times', () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(trace(...onVirtualClock(), program)).toEqual(trace(...onFakeTimers(), program))
      }),
      { numRuns: 500 },
    )
  })

  it('sets an interval again after its callback, behind what that has set for the same time, as Node does', () => {
    const clock = new VirtualClock()
    const fired: string[] = []
    const onTick = (): void => {
      fired.push(`interval@${clock.nowMs}`)
      clock.setTimer(() => fired.push(`timer@${clock.nowMs}`), 8)
    }
    clock.setTimer(onTick, 8, [], true)
    for (let step = 0; step < 4; step++) clock.fireNext()
    expect(fired).toEqual(['interval@8', 'timer@16', 'interval@16', 'timer@24'])
  })

  it('is first in, first out at equal times, and now equals the due time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }), (delays) => {
        const clock = new VirtualClock()
        const fired: [number, number, number][] = []
        for (const [index, delayMs] of delays.entries()) {
          clock.setTimer(() => fired.push([delayMs, index, clock.nowMs]), delayMs)
        }
        while (clock.fireNext());
        const expected = delays.map((delayMs, index) => [delayMs, index, delayMs] as const)
        expect(fired).toEqual(expected.toSorted(([one, i], [other, j]) => one - other || i - j))
      }),
    )
  })

  it.each([
    [undefined, 1],
    [Number.NaN, 1],
    [-5, 1],
    [0.5, 1],
    [1.9, 1],
    [2 ** 31, 1],
    [2 ** 31 - 1, 2 ** 31 - 1],
    ['7', 7],
    [Infinity, 1],
  ])('takes the delay %s as %s ms, as Node does', (delayMs, expected) => {
    const clock = new VirtualClock()
    clock.setTimer(() => {}, delayMs)
    expect(clock.nextDueMs).toBe(expected)
  })

  it('keeps no timer once it is stopped, and takes none', () => {
    const clock = new VirtualClock()
    const before = clock.setTimer(() => {}, 5)
    clock.stop()
    clock.setTimer(() => {}, 5)
    before.refresh()
    expect(clock.pending).toEqual([])
    expect(clock.fireNext()).toBe(false)
  })
})
