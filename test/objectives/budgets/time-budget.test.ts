import { describe, expect, it } from 'vitest'
import { timeBudget } from '../../../src/objectives/budgets/time-budget.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

describe('timeBudget', () => {
  // Seed 001: 99.5 % availability is roughly 3.6 hours of downtime a month. Of 30 days it is exactly that.
  it('allows 3.6 hours of 30 days at 99.5 %', () => {
    expect(timeBudget({ target: 0.995, periodMs: 30 * dayMs })).toMatchObject({
      allowed: 3.6 * hourMs,
      remainingPercent: 100,
      status: 'healthy',
    })
  })

  it('is spent by bad time, and what has not happened yet is not bad', () => {
    expect(timeBudget({ target: 0.995, periodMs: 30 * dayMs, badMs: 0.9 * hourMs })).toMatchObject({
      remaining: 0.75,
      eventsLeft: 2.7 * hourMs,
    })
    expect(timeBudget({ target: 0.995, periodMs: 30 * dayMs, badMs: 7.2 * hourMs, stakes: 'high' })).toMatchObject({
      remaining: -1,
      status: 'exhausted',
      action: 'break the circuit',
    })
  })

  it('refuses more bad time than there is', () => {
    expect(() => timeBudget({ target: 0.995, periodMs: dayMs, badMs: 2 * dayMs })).toThrow(
      'expected no more bad time than the period has',
    )
  })
})
