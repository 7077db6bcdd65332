import { z } from 'zod'
import { withDeadline } from '../resilience/deadline.ts'
import { StopError } from '../errors/stop-error.ts'
import { waitMs } from '../resilience/resilience-options.ts'
import type { CheckReport, HealthStatus } from './health-report.ts'

/** What a check says of what it looked at. */
export interface Finding {
  readonly status: HealthStatus
  /** One sentence for a human, without secrets: it is shown as it is. */
  readonly message: string
}

/** A port to something whose health can be asked. */
export interface HealthCheck {
  /** Tells the check from the others of its monitor. */
  readonly name: string
  /** The time of one check; one that takes longer is unhealthy. Whole milliseconds. */
  readonly timeoutMs: number
  /** Looks, and says what it found; whatever it throws means unhealthy. */
  readonly look: (options: { readonly signal: AbortSignal }) => Promise<Finding>
}

export const healthCheckSchema = z.strictObject({
  name: z.string().min(1),
  timeoutMs: waitMs,
  look: z.custom<HealthCheck['look']>((value) => typeof value === 'function', 'must be a function'),
})

const findingSchema = z.object({ status: z.enum(['healthy', 'degraded', 'unhealthy']), message: z.string() })

/**
 * Runs one check; one that throws, hangs or says something else than a finding is unhealthy.
 *
 * @throws {StopError} when the signal is aborted: a check that was given up says nothing of what it looked at
 */
export async function runCheck(check: HealthCheck, signal: AbortSignal): Promise<CheckReport> {
  const startedMs = performance.now()
  const finding = await findingOf(check, signal)
  return { name: check.name, ...finding, tookMs: performance.now() - startedMs }
}

async function findingOf({ name, timeoutMs, look }: HealthCheck, around: AbortSignal): Promise<Finding> {
  try {
    const found = await withDeadline(`The check "${name}"`, timeoutMs, around, async (signal) => look({ signal }))
    const parsed = findingSchema.safeParse(found)
    return parsed.success ? parsed.data : { status: 'unhealthy', message: 'The check gave no finding.' }
  } catch (error) {
    if (error instanceof StopError && around.aborted) throw error
    return { status: 'unhealthy', message: inWords(error) }
  }
}

const longestMessage = 200

function inWords(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, longestMessage)
}
