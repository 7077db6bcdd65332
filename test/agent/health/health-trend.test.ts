import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportOf, worstOf } from '../../../src/agent/health/health-report.ts'
import type { HealthStatus } from '../../../src/agent/health/health-report.ts'
import { trendOf } from '../../../src/agent/health/health-trend.ts'
import type { Direction } from '../../../src/agent/health/health-trend.ts'

const letters: Readonly<Record<string, HealthStatus>> = { h: 'healthy', d: 'degraded', u: 'unhealthy' }
const reports = (statuses: readonly HealthStatus[]) =>
  statuses.map((status) => reportOf([{ name: 'x', status, message: '', tookMs: 1 }], 0))
const directionOf = (statuses: readonly HealthStatus[]) => trendOf(reports(statuses)).direction
const status = fc.constantFrom<HealthStatus>('healthy', 'degraded', 'unhealthy')
const statuses = fc.array(status, { maxLength: 30 })
const opposite: Readonly<Record<Direction, Direction>> = {
  improving: 'degrading',
  degrading: 'improving',
  stable: 'stable',
  unknown: 'unknown',
}

describe('the trend of health', () => {
  it.each<[string, Direction]>([
    ['', 'unknown'],
    ['uhh', 'unknown'],
    ['uuhh', 'improving'],
    ['hhuu', 'degrading'],
    ['hhhh', 'stable'],
    ['uuuu', 'stable'],
    ['uhuh', 'stable'],
    // The middle of an odd number is in neither half.
    ['hhuhh', 'stable'],
    // A quarter of a point is one report of four that is one step better.
    ['ddddhddd', 'improving'],
    ['dddddhdddd', 'stable'],
  ])('of %s is %s', (written, direction) => {
    expect(directionOf([...written].flatMap((letter) => letters[letter] ?? []))).toBe(direction)
  })

  it('turns round with the order of the reports', () => {
    fc.assert(fc.property(statuses, (all) => directionOf(all.toReversed()) === opposite[directionOf(all)]))
  })

  it('has shares that make a whole', () => {
    fc.assert(
      fc.property(statuses, (all) => {
        const { shares } = trendOf(reports(all))
        if (all.length === 0) return shares === null
        return Math.abs(Object.values(shares ?? {}).reduce((sum, share) => sum + share, 0) - 1) < 1e-9
      }),
    )
  })
})

describe('the worst of several statuses', () => {
  it('is the rule of all, any and else', () => {
    fc.assert(
      fc.property(statuses, (all) => {
        if (all.every((one) => one === 'healthy')) return worstOf(all) === 'healthy'
        return worstOf(all) === (all.some((one) => one === 'unhealthy') ? 'unhealthy' : 'degraded')
      }),
    )
  })
})
