import type { HealthReport, HealthStatus } from './health-report.ts'

/** Where health is going; `unknown` where there are too few reports to say. */
export type Direction = 'improving' | 'stable' | 'degrading' | 'unknown'

/** Health over a time. */
export interface HealthTrend {
  readonly reports: number
  /** Shares of the reports, 0 to 1; null where there are none. */
  readonly shares: Readonly<Record<HealthStatus, number>> | null
  readonly direction: Direction
}

const points: Readonly<Record<HealthStatus, number>> = { healthy: 2, degraded: 1, unhealthy: 0 }

/** Fewer reports than this have no direction. */
const fewest = 4

/** By how many points, of two, the mean of a half must differ to be more than a flicker. */
const noticeable = 0.25

/**
 * Compares the later half of the reports with the earlier one; where their number is odd, the middle one is in neither.
 *
 * A healthy report has two points, a degraded one has one. Health improves where the later mean is higher by at least
 * a quarter of a point, degrades where it is lower by as much, and is stable otherwise.
 *
 * @param reports oldest first
 */
export function trendOf(reports: readonly HealthReport[]): HealthTrend {
  const count = reports.length
  if (count === 0) return { reports: 0, shares: null, direction: 'unknown' }
  const share = (status: HealthStatus): number => reports.filter((report) => report.status === status).length / count
  const shares = { healthy: share('healthy'), degraded: share('degraded'), unhealthy: share('unhealthy') }
  return { reports: count, shares, direction: directionOf(reports.map(({ status }) => points[status])) }
}

function directionOf(scores: readonly number[]): Direction {
  if (scores.length < fewest) return 'unknown'
  const half = Math.floor(scores.length / 2)
  const gain = sum(scores.slice(-half)) - sum(scores.slice(0, half))
  if (Math.abs(gain) < noticeable * half) return 'stable'
  return gain > 0 ? 'improving' : 'degrading'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
