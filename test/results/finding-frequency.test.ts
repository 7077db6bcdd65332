import { expect, it } from 'vitest'
import { findingFrequency } from '../../src/results/finding-frequency.ts'
import { findingOf } from '../report/_findings.ts'
import { searchOf, tallyOf } from '../report/_sample.ts'

const seenIn = (judged: Record<string, number>, property = 'R4') =>
  findingFrequency(findingOf({ property, trials: 12 }), {
    search: searchOf({ tally: tallyOf({ trials: 2_000, judged }) }),
  })

it('counts the trials that put the property to the test, and says how many were run', () => {
  expect(seenIn({ R4: 1_300 })).toBe('12 of 1,300 trials that put it to the test (of 2,000 run)')
  expect(seenIn({ R4: 12 })).toBe('12 of 12 trials that put it to the test (of 2,000 run)')
})

it('counts all trials where each put it to the test, or where nobody counted', () => {
  expect(seenIn({ R4: 2_000 })).toBe('12 of 2,000 trials')
  expect(seenIn({})).toBe('12 of 2,000 trials')
  expect(seenIn({ R4: 3 })).toBe('12 of 2,000 trials')
  expect(seenIn({}, 'constructor')).toBe('12 of 2,000 trials')
  expect(findingFrequency(findingOf({ trials: 12 }), { search: null })).toBe('12 trials')
})
