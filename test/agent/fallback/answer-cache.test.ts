import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { AnswerCache, isFreshAnswer } from '../../../src/agent/fallback/answer-cache.ts'
import { atTheDesk, fault } from '../_desk.ts'

const answer = () => ({ answer: 'Yes.', asOfMs: Date.now() })

function holdClock(): void {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
}

describe('a cache of answers', () => {
  it('gives up what is too old before what is still of use, however lately it was used', () => {
    holdClock()
    const gone: string[] = []
    const cache = new AnswerCache(2, (key, kept) => {
      if (kept === null) gone.push(key)
    })
    cache.keep('lasting', answer())
    cache.keep('brief', answer(), 1_000)
    vi.advanceTimersByTime(1_001)
    expect(cache.find('brief')).not.toBeNull()
    cache.keep('new', answer())
    cache.keep('newer', answer())
    expect(gone).toEqual(['brief', 'lasting'])
  })

  it('keeps what is too old as long as there is room', () => {
    holdClock()
    const cache = new AnswerCache(2)
    cache.keep('brief', answer(), 1_000)
    vi.advanceTimersByTime(60_000)
    cache.keep('new', answer())
    expect(cache.ageMs('brief')).toBe(60_000)
    expect(cache.ageMs('never kept')).toBeNull()
  })

  it('never has an answer for younger than it is, however the clock is set', () => {
    const moves = fc.array(
      fc.record({ passMs: fc.integer({ min: 0, max: 100_000 }), setByMs: fc.integer({ min: -200_000, max: 200_000 }) }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(moves, fc.integer({ min: 1, max: 100_000 }), (all, maxStaleMs) => {
        vi.useFakeTimers({ toFake: ['Date', 'performance'] })
        try {
          const cache = new AnswerCache(1)
          cache.keep('key', answer())
          const keptMs = performance.now()
          for (const { passMs, setByMs } of all) {
            vi.advanceTimersByTime(passMs)
            vi.setSystemTime(Date.now() + setByMs)
            const isGiven = isFreshAnswer(cache.ageMs('key') ?? NaN, maxStaleMs)
            if (performance.now() - keptMs > maxStaleMs) expect(isGiven).toBe(false)
          }
        } finally {
          vi.useRealTimers()
        }
      }),
    )
  })
})

describe('the age that an answer may have', () => {
  const outage = fault('openai.503', 'primary', { on: 'burst', from: 3, length: 99 })
  const price = 'What does it cost?'

  /** The sources of two questions, asked again so many milliseconds later. */
  async function sources(maxStaleMsFor: (question: { readonly words: string }) => number, atMs: number) {
    const cache = { kind: 'cache', maxStaleMs: 60_000, maxStaleMsFor } as const
    const options = { fallback: { sources: [cache] } }
    const { value } = await atTheDesk({ options, faults: [outage] }, async (ask) => {
      for (const input of [price, 'Where are you?']) await ask({ input })
      const again = [await ask({ input: price, atMs }), await ask({ input: 'Where are you?' })]
      return again.map(({ claims }) => claims?.source)
    })
    return value
  }

  const byWords = ({ words }: { readonly words: string }): number => (words === price ? 5_000 : 1e9)

  it.each([
    [1_000, ['cache', 'cache']],
    [10_000, ['none', 'cache']],
    [100_000, ['none', 'none']],
  ])('is that of its question, and never above that of the source: after %i ms', async (atMs, expected) => {
    expect(await sources(byWords, atMs)).toEqual(expected)
  })

  it.each<[string, () => number]>([
    ['is no number', () => NaN],
    ['is negative', () => -1],
    [
      'is not told',
      () => {
        throw new Error('no')
      },
    ],
  ])('is none where it %s', async (_how, maxStaleMsFor) => {
    expect(await sources(maxStaleMsFor, 1_000)).toEqual(['none', 'none'])
  })
})
