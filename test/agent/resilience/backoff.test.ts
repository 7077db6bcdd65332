import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentialBackoff } from '../../../src/agent/resilience/backoff.ts'

const settings = fc.record({
  maxAttempts: fc.constant(3),
  baseMs: fc.integer({ min: 1, max: 100_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  capMs: fc.integer({ min: 1, max: 1_000_000 }),
  retryAfterCapMs: fc.constant(60_000),
  jitter: fc.constantFrom('none' as const, 'full' as const, 'equal' as const),
})

describe('the exponential backoff', () => {
  it('is a whole number of milliseconds within its law, up to the 3000th attempt', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 3_000 }), (retry, attempt) => {
        const hi = Math.min(retry.capMs, retry.baseMs * retry.factor ** (attempt - 1))
        const lo = { none: Math.floor(hi), full: 0, equal: hi / 2 }[retry.jitter]
        const waitMs = exponentialBackoff(attempt, retry)
        expect(Number.isInteger(waitMs)).toBe(true)
        expect(waitMs).toBeGreaterThanOrEqual(lo)
        expect(waitMs).toBeLessThanOrEqual(hi)
      }),
    )
  })

  it('reaches both ends of equal jitter', () => {
    const retry = { maxAttempts: 3, baseMs: 8, factor: 2, capMs: 100, retryAfterCapMs: 1, jitter: 'equal' as const }
    const waits = new Set(Array.from({ length: 2_000 }, () => exponentialBackoff(1, retry)))
    expect([...waits].sort()).toEqual([4, 5, 6, 7, 8])
  })
})
