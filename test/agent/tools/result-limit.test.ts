import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitedResult } from '../../../src/agent/tools/result-limit.ts'

describe('a limit of results', () => {
  it('keeps the beginning, says how much is missing, and splits no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 1, max: 100 }),
        (result, limit) => {
          const limited = limitedResult(result, limit)
          if (result.length <= limit) {
            expect(limited).toBe(result)
            return
          }
          const [, kept = '', cut, all] =
            /^([^]*)… \[cut: (\d+) of (\d+) characters are not shown\]$/.exec(limited) ?? []
          expect(result.startsWith(kept)).toBe(true)
          expect(kept.length).toBeLessThanOrEqual(limit)
          expect(kept.length).toBeGreaterThanOrEqual(limit - 1)
          expect([kept.length + Number(cut), Number(all)]).toEqual([result.length, result.length])
          expect(kept.isWellFormed()).toBe(true)
        },
      ),
    )
  })

  it('is none where it is null', () => {
    expect(limitedResult('x'.repeat(10_000), null)).toHaveLength(10_000)
  })
})
