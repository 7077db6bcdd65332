import FakeTimers from '@sinonjs/fake-timers'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('set' as const), ms: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -500, max: 500 }) }),
    fc.record({ do: fc.constant('fire' as const), ms: fc.constant(0) }),
    fc.record({ do: fc.constant('block' as const), ms: fc.integer({ min: 1, max: 80 }) }),
  ),
  { maxLength: 40 },
)

it('a wall clock that is set is off for good, and no timer feels it, as in fake-timers', () => {
  fc.assert(
    fc.property(steps, (program) => {
      const ours = new VirtualClock()
      const theirs = FakeTimers.createClock(1_000_000)
      const seen: [string[], string[]] = [[], []]
      for (const [name, { do: what, ms }] of program.entries()) {
        if (what === 'set') {
          ours.setTimer(() => seen[0].push(`${name} ${ours.nowMs} ${ours.wallMs + 1_000_000}`), ms)
          theirs.setTimeout(() => seen[1].push(`${name} ${theirs.performance.now()} ${theirs.Date.now()}`), ms)
        } else if (what === 'jump') {
          ours.jumpWall(ms)
          theirs.setSystemTime(theirs.Date.now() + ms)
        } else if (what === 'fire' && theirs.countTimers() > 0) {
          ours.fireNext()
          theirs.next()
        }
      }
      expect(seen[0]).toEqual(seen[1])
    }),
  )
})

it('what falls due while nothing can fire comes as soon as something can, in its order, and nothing is lost', () => {
  fc.assert(
    fc.property(steps, (program) => {
      const clock = new VirtualClock()
      const blocks: [from: number, to: number][] = []
      const fired: { due: number; at: number }[] = []
      let set = 0
      for (const { do: what, ms } of program) {
        if (what === 'set') {
          const due = clock.nowMs + ms
          set++
          clock.setTimer(() => fired.push({ due, at: clock.nowMs }), ms)
        } else if (what === 'block') {
          blocks.push([clock.nowMs, clock.nowMs + ms])
          clock.pass(ms)
        } else if (what === 'fire') clock.fireNext()
      }
      while (clock.fireNext());
      expect(fired).toHaveLength(set)
      for (const { due, at } of fired) {
        const late = blocks.filter(([from, to]) => from < due && due <= to).map(([, to]) => to)
        expect(at).toBeGreaterThanOrEqual(due)
        if (late.length === 0 && blocks.length === 0) expect(at).toBe(due)
      }
      expect(fired.map(({ at }) => at)).toEqual(fired.map(({ at }) => at).toSorted((one, other) => one - other))
    }),
  )
})
