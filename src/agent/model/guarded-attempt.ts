import type { Permit } from '../resilience/circuit-breaker.ts'
import type { Endpoint } from './endpoint.ts'
import { interruptionOf } from '../errors/interruption.ts'
import { RefusedError } from '../errors/refused-error.ts'
import type { RefusedBy } from '../errors/refused-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import { BudgetSpentError } from '../resilience/with-retry.ts'

/** One attempt of a logical call; `isProbe` says that its breaker is half-open and waits for the result. */
export type Send<Result> = (isProbe: boolean) => Promise<Result>

/**
 * Sends one attempt past the guards of its endpoint: a slot of the bulkhead, then a permit of the breaker.
 *
 * A breaker that would refuse is asked before the queue as well, so that nobody waits for a refusal. Slot and permit
 * are returned however the attempt ends.
 *
 * @throws {RefusedError} where a guard does not let the attempt through
 */
export async function sendGuarded<Result>(
  endpoint: Endpoint,
  attempt: number,
  run: TaskRun,
  send: Send<Result>,
): Promise<Result> {
  if (run.signal.aborted) throw interruptionOf(run.signal)
  const { breaker, bulkhead, name } = endpoint
  const refusal = breaker?.refusal()
  if (refusal) throw refuse(run, name, 'breaker', refusal.retryAfterMs)
  if (!bulkhead) return sendPermitted(endpoint, attempt, run, send)
  const entering = bulkhead.enter(run.signal)
  if (!entering) throw refuse(run, name, 'bulkhead')
  await entering
  let failure: unknown
  try {
    return await sendPermitted(endpoint, attempt, run, send)
  } catch (error) {
    failure = error
    throw error
  } finally {
    if (run.parts.returnsSlot(failure)) bulkhead.leave()
  }
}

async function sendPermitted<Result>(
  { breaker, name }: Endpoint,
  attempt: number,
  run: TaskRun,
  send: Send<Result>,
): Promise<Result> {
  const permit = breaker?.admit() ?? null
  if (permit?.admitted === false) throw refuse(run, name, 'breaker', permit.retryAfterMs)
  if (attempt > 1 && run.shared.budget?.take() === false) {
    permit?.settle({ class: 'neutral', tookMs: 0 })
    throw new BudgetSpentError()
  }
  return sendAndSettle(permit, run, send)
}

async function sendAndSettle<Result>(permit: Permit | null, run: TaskRun, send: Send<Result>): Promise<Result> {
  const sentAtMs = performance.now()
  try {
    const result = await send(permit?.isProbe === true)
    permit?.settle({ class: 'success', tookMs: performance.now() - sentAtMs })
    run.shared.budget?.refill()
    const keeping = run.shared.kept?.keepMoves(run)
    if (keeping) await keeping
    return result
  } catch (error) {
    const callClass = run.parts.classifyCall(error, permit?.isProbe)
    permit?.settle({ class: callClass, error, tookMs: performance.now() - sentAtMs })
    if (callClass === 'success') run.shared.budget?.refill()
    const keeping = run.shared.kept?.keepMoves(run)
    if (keeping) await keeping
    throw error
  }
}

function refuse(run: TaskRun, upstream: string, by: RefusedBy, retryAfterMs?: number): RefusedError {
  const refused = new RefusedError(upstream, by, retryAfterMs)
  run.log.refused(upstream, refused)
  return refused
}
