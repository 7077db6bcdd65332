import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRetryAfter } from '../../../src/agent/resilience/retry-after.ts'

const nowMs = Date.parse('2026-03-01T12:00:00.250Z')
const inTenSeconds = 'Sun, 01 Mar 2026 12:00:10 GMT'
const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), nowMs)

describe('the Retry-After of a response', () => {
  it.each([
    ['seconds', { 'retry-after': '59' }, 59_000],
    ['fractions of a second', { 'retry-after': '0.5' }, 500],
    ['fractions of a millisecond, rounded up', { 'retry-after': '0.0123' }, 13],
    ['a fraction without float noise', { 'retry-after': '4.035' }, 4_035],
    ['milliseconds', { 'retry-after-ms': '850' }, 850],
    ['fractions of milliseconds, rounded up', { 'retry-after-ms': '850.2' }, 851],
    ['an hour', { 'retry-after': '3600' }, 3_600_000],
    ['an HTTP date', { 'retry-after': inTenSeconds }, 9_750],
    [
      'an HTTP date, by the clock of the service',
      { 'retry-after': inTenSeconds, date: 'Sun, 01 Mar 2026 12:00:06 GMT' },
      4_000,
    ],
    ['an HTTP date, beside a date that is none', { 'retry-after': inTenSeconds, date: 'today' }, 9_750],
    ['an RFC 850 date', { 'retry-after': 'Sunday, 01-Mar-26 12:00:10 GMT' }, 9_750],
    ['an asctime date', { 'retry-after': 'Sun Mar  1 12:00:10 2026' }, 9_750],
    ['two hints, the longer one', { 'retry-after-ms': '500', 'retry-after': '3' }, 3_000],
    ['two hints, the longer one in milliseconds', { 'retry-after-ms': '5000', 'retry-after': '3' }, 5_000],
    ['one good hint of two', { 'retry-after-ms': 'soon', 'retry-after': '3' }, 3_000],
  ])('is read from %s', (_case, headers, expected) => {
    expect(read(headers)).toBe(expected)
  })

  it.each([
    ['absent', {}],
    ['empty', { 'retry-after': '' }],
    ['a word', { 'retry-after': 'soon' }],
    ['zero', { 'retry-after': '0' }],
    ['negative', { 'retry-after': '-1' }],
    ['a number with a unit', { 'retry-after': '5s' }],
    ['a date in the past', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }],
    [
      'a date in the past by the clock of the service',
      { 'retry-after': inTenSeconds, date: 'Sun, 01 Mar 2026 12:00:11 GMT' },
    ],
    ['no date at all', { 'retry-after': 'Sunday' }],
    ['infinite', { 'retry-after': 'Infinity' }],
  ])('is no hint where it is %s', (_case, headers) => {
    expect(read(headers)).toBeNull()
  })

  it('is null or a positive whole number for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const hint = read({ 'retry-after': text, 'retry-after-ms': text })
        expect(hint === null || (hint > 0 && (Number.isInteger(hint) || hint === Infinity))).toBe(true)
      }),
    )
  })
})
