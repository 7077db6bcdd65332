/** How well something works: as it should, with less than it should have, or not at all. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy'

/** What one check found. */
export interface CheckReport {
  readonly name: string
  readonly status: HealthStatus
  /** One sentence for a human. */
  readonly message: string
  /** Milliseconds that the check took. */
  readonly tookMs: number
}

/** What one round of all checks found. */
export interface HealthReport {
  readonly status: HealthStatus
  /** One sentence for a human, which names the checks that are not healthy. */
  readonly message: string
  readonly checks: readonly CheckReport[]
  /** When the round ended, in milliseconds since the Unix epoch. */
  readonly atMs: number
}

/** Healthy where all are, unhealthy where any is, degraded otherwise. */
export function worstOf(statuses: readonly HealthStatus[]): HealthStatus {
  if (statuses.includes('unhealthy')) return 'unhealthy'
  return statuses.includes('degraded') ? 'degraded' : 'healthy'
}

/** Puts the findings of one round together. */
export function reportOf(checks: readonly CheckReport[], atMs: number): HealthReport {
  const status = worstOf(checks.map((check) => check.status))
  const named = checks.filter((check) => check.status !== 'healthy').map(({ name, status: its }) => `${name} is ${its}`)
  const message = status === 'healthy' ? 'All checks are healthy.' : `Not healthy: ${named.join(', ')}.`
  return { status, message, checks, atMs }
}
