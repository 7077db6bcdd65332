import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { CallWindow } from '../../../src/agent/resilience/call-window.ts'

const calls = fc.array(fc.record({ afterMs: fc.nat(400), isBad: fc.boolean() }), { maxLength: 80 })
const thresholds = fc.constantFrom(0, 0.25, 0.5, 0.9)

it('holds exactly the last calls, or exactly those of the last milliseconds', () => {
  const window = fc.oneof(
    fc.record({ calls: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ ms: fc.integer({ min: 1, max: 1_500 }) }),
  )
  fc.assert(
    fc.property(window, thresholds, fc.integer({ min: 1, max: 6 }), calls, (kept, threshold, minimumCalls, made) => {
      const tested = new CallWindow({ window: kept, threshold, minimumCalls })
      const ended: { atMs: number; isBad: boolean }[] = []
      let nowMs = 0
      for (const { afterMs, isBad } of made) {
        nowMs += afterMs
        ended.push({ atMs: nowMs, isBad })
        const inside = 'calls' in kept ? ended.slice(-kept.calls) : ended.filter(({ atMs }) => nowMs - atMs < kept.ms)
        const bad = inside.filter((call) => call.isBad).length
        expect(tested.add(isBad, nowMs)).toBe(inside.length >= minimumCalls && bad > threshold * inside.length)
      }
    }),
  )
})
