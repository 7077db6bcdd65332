import { safeModeSource } from './answered.ts'
import type { Answered } from './answered.ts'
import type { CallClass } from '../errors/call-class.ts'
import { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { StopReason } from './outcome.ts'
import { RefusedError } from '../errors/refused-error.ts'
import type { SafeModeSettings } from '../resilience/resilience-options.ts'
import type { TaskRun } from './task-run.ts'

/** Stops that say nothing of whether the agent works. */
const neutralStops: ReadonlySet<StopReason> = new Set([
  'cancelled',
  'requires_approval',
  'max_steps',
  'context_window_exceeded',
])

/**
 * Safe mode is a breaker over whole tasks: it opens after so many failed ones in a row.
 *
 * The way out is a probe: after the time of the options one task is tried again, while others still get the message.
 */
export function openSafeMode({ failedTasks, probeAfterMs }: SafeModeSettings): CircuitBreaker {
  const rule = { consecutiveFailures: failedTasks, cooldownMs: probeAfterMs, probesAtOnce: 1, probesToClose: 1 }
  return new CircuitBreaker(rule)
}

/** Runs a task unless the agent is in safe mode; then it answers with the message and calls nobody. */
export async function unlessInSafeMode(run: TaskRun, attempt: () => Promise<Answered>): Promise<Answered> {
  // Whoever has cancelled is told that and nothing else.
  if (run.signal.aborted) return attempt()
  const { safeMode: settings } = run.settings
  const permit = run.shared.safeMode?.admit()
  if (!permit || !settings) return attempt()
  if (!permit.admitted) {
    const { name } = run.shared.primary.endpoint
    run.log.refused(name, new RefusedError(name, 'safe mode', permit.retryAfterMs))
    return { outcome: { answer: settings.message, stop: 'error' }, source: safeModeSource, errorClass: 'refused' }
  }
  const startedMs = performance.now()
  const answered = await attempt()
  permit.settle({ class: classOf(answered.outcome.stop), tookMs: performance.now() - startedMs })
  return answered
}

function classOf(stop: StopReason): CallClass {
  if (stop === 'end_turn' || stop === 'tool_rule') return 'success'
  return neutralStops.has(stop) ? 'neutral' : 'failure'
}
