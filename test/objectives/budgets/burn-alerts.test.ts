import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { burnAlerts } from '../../../src/objectives/budgets/burn-alerts.ts'
import { type CountedEvents, burnRate } from '../../../src/objectives/budgets/burn-rate.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const now = 100 * dayMs

/** The same counts in every minute of the last so many milliseconds. */
function steady(lastMs: number, good: number, bad: number): CountedEvents[] {
  return Array.from({ length: lastMs / minuteMs }, (_, minute) => ({ at: now - minute * minuteMs, good, bad }))
}

function statesAt(series: readonly CountedEvents[], at: number, target = 0.999) {
  return burnAlerts(series, { target, at }).map(({ state }) => state)
}

describe('burnRate', () => {
  // The ancestor divides by budget per second of the window: 0.1 % of errors read as 51,840 times.
  it('is 1 for 0.1 % of bad events at 99.9 %, in a window of any length', () => {
    for (const windowMs of [5 * minuteMs, hourMs, 30 * dayMs]) {
      expect(burnRate([{ at: now, good: 999, bad: 1 }], { target: 0.999, windowMs, at: now }).rate).toBe(1)
    }
    expect(burnRate([{ at: now, good: 999, bad: 1 }], { target: 0.95, windowMs: hourMs, at: now }).rate).toBe(0.02)
  })

  it('counts what came after the start of the window, up to its end', () => {
    const series = [
      { at: now - hourMs, good: 0, bad: 1 },
      { at: now - hourMs + 1, good: 3, bad: 0, excluded: 4 },
      { at: now, good: 4, bad: 1 },
      { at: now + 1, good: 0, bad: 1 },
    ]
    const found = burnRate(series, { target: 0.5, windowMs: hourMs, at: now })
    expect(found).toEqual({ good: 7, bad: 1, excluded: 4, events: 8, rate: 0.25 })
  })

  it('is not known without events, and infinite where nothing may be bad', () => {
    expect(burnRate([], { target: 0.9, windowMs: hourMs, at: now }).rate).toBeNull()
    expect(burnRate([{ at: now, good: 9, bad: 1 }], { target: 1, windowMs: hourMs, at: now }).rate).toBe(Infinity)
    expect(burnRate([{ at: now, good: 9, bad: 0 }], { target: 1, windowMs: hourMs, at: now }).rate).toBe(0)
  })
})

describe('burnAlerts', () => {
  it('has the four pairs of windows of the SRE workbook', () => {
    const rules = burnAlerts([], { target: 0.999, at: now })
    expect(rules.map(({ factor }) => factor)).toEqual([14.4, 6, 3, 1])
    expect(rules.map(({ rule }) => [rule.severity, rule.longMs / hourMs, rule.shortMs / minuteMs])).toEqual([
      ['page', 1, 5],
      ['page', 6, 30],
      ['ticket', 24, 120],
      ['ticket', 72, 360],
    ])
  })

  it('scales the windows with the period, and keeps the factors', () => {
    const rules = burnAlerts([], { target: 0.999, at: now, periodMs: 15 * dayMs })
    expect(rules.map(({ factor }) => factor)).toEqual([14.4, 6, 3, 1])
    expect(rules[0]?.rule).toMatchObject({ longMs: hourMs / 2, shortMs: 2.5 * minuteMs })
  })

  it('derives the factor from the share of the budget, the period and the window', () => {
    const rules = [{ severity: 'page', budgetShare: 0.07, longMs: 2 * hourMs, shortMs: minuteMs }] as const
    expect(burnAlerts([], { target: 0.99, at: now, periodMs: 28 * dayMs, rules })[0]?.factor).toBe(23.52)
  })

  it('fires where both windows burn at the factor, and not a single event below', () => {
    // At 99.9 %, 14.4 times is 1.44 % of events: 144 of 10 000.
    const at = (bad: number) => statesAt([{ at: now, good: 10_000 - bad, bad }], now)
    expect(at(144)).toEqual(['firing', 'firing', 'firing', 'firing'])
    expect(at(143)).toEqual(['quiet', 'firing', 'firing', 'firing'])
    expect(at(60)).toEqual(['quiet', 'firing', 'firing', 'firing'])
    expect(at(59)).toEqual(['quiet', 'quiet', 'firing', 'firing'])
    expect(at(9)).toEqual(['quiet', 'quiet', 'quiet', 'quiet'])
  })

  it('ends as soon as the short window is below the factor, while the long one still burns', () => {
    const burst = steady(hourMs, 80, 20)
    expect(statesAt(burst, now)[0]).toBe('firing')
    const recovered = [
      ...burst,
      ...Array.from({ length: 5 }, (_, m) => ({ at: now + (m + 1) * minuteMs, good: 100, bad: 0 })),
    ]
    const [page] = burnAlerts(recovered, { target: 0.999, at: now + 5 * minuteMs })
    expect(page).toMatchObject({ state: 'quiet', short: { rate: 0 } })
    expect(page?.long.rate).toBeGreaterThan(14.4)
  })

  it('does not fire for a short burst that the long window hardly sees', () => {
    const series = [...steady(hourMs, 1_000, 0).slice(1), { at: now, good: 980, bad: 20 }]
    const [page] = burnAlerts(series, { target: 0.999, at: now })
    expect(page).toMatchObject({ state: 'quiet' })
  })

  it('says nothing below the fewest events: one bad event raises no alert', () => {
    // 14.4 times of 0.1 % is reached by 1 of 69 events, and not by 1 of 70.
    expect(burnAlerts([{ at: now, good: 68, bad: 1 }], { target: 0.999, at: now })[0]).toMatchObject({
      state: 'too few events',
      minimumEvents: 70,
    })
    expect(statesAt([{ at: now, good: 69, bad: 1 }], now)[0]).toBe('quiet')
    const asked = burnAlerts([{ at: now, good: 0, bad: 99 }], { target: 0.999, at: now, minimumEvents: 100 })
    expect(asked.map(({ state }) => state)).toEqual(Array(4).fill('too few events'))
  })

  it('fires exactly where the counts say so', () => {
    const bucket = fc.record({ at: fc.integer({ min: -80, max: 0 }), good: fc.nat(300), bad: fc.nat(30) })
    fc.assert(
      fc.property(fc.array(bucket, { maxLength: 40 }), (drawn) => {
        const series = drawn.map(({ at, ...counts }) => ({ ...counts, at: now + at * hourMs }))
        for (const { rule, state, minimumEvents } of burnAlerts(series, { target: 0.99, at: now })) {
          const within = (ms: number) => series.filter(({ at }) => at > now - ms && at <= now)
          const sum = (ms: number, of: 'good' | 'bad') => within(ms).reduce((total, one) => total + one[of], 0)
          // Burn ≥ share × 720 h / window, in whole numbers: bad × 100 × window ≥ events × share × 720 h.
          const burns = (ms: number) => {
            const events = sum(ms, 'good') + sum(ms, 'bad')
            const percent = Math.round(rule.budgetShare * 100)
            return events > 0 && sum(ms, 'bad') * 10_000 * (rule.longMs / hourMs) >= events * percent * 720
          }
          const isEnough = sum(rule.longMs, 'good') + sum(rule.longMs, 'bad') >= minimumEvents
          const isFiring = burns(rule.longMs) && burns(rule.shortMs)
          expect(state).toBe(isEnough ? (isFiring ? 'firing' : 'quiet') : 'too few events')
        }
      }),
    )
  })

  it('refuses a target and windows that are none, in one sentence', () => {
    expect(() => burnAlerts([], { target: 2, at: now })).toThrow('at "target", found 2')
    expect(() => burnAlerts([{ at: 0, good: -1, bad: 0 }], { target: 0.9, at: now })).toThrow(
      'series of counted events: too small: expected number to be >=0 at "0.good", found -1',
    )
  })
})
