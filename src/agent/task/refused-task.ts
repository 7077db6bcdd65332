import type { RefusedBy } from '../errors/refused-error.ts'
import { harmless } from '../events/task-event.ts'
import { untoldEnd } from '../events/untold-end.ts'
import type { TaskOptions } from './agent.ts'
import { noSource } from './answered.ts'
import type { AgentOutcome } from './outcome.ts'

/** Who turned a task away, and why. */
export interface TurnedAway {
  /** What the task was meant for. */
  readonly name: string
  readonly by: RefusedBy
  /** Milliseconds until the next task can be let through; null where that is not known. */
  readonly retryAfterMs?: number | null
}

/**
 * The outcome of a task that was given to nobody: no answer, the stop `error`, and claims that say by whom it was
 * turned away. Nothing was called and nothing changed, and that is claimed too.
 */
export function refusedTask({ name, by, retryAfterMs = null }: TurnedAway): AgentOutcome {
  const refusal = { upstream: name, by, atMs: Date.now(), ...(retryAfterMs === null ? {} : { retryAfterMs }) }
  return {
    ...{ answer: null, stop: 'error' },
    claims: { source: noSource, degraded: false, effects: [], refusals: [refusal] },
  }
}

/** Turns a task away, and tells whoever hears its events that it has ended. */
export function turnAway(turned: TurnedAway, { onEvent }: Pick<TaskOptions, 'onEvent'>): AgentOutcome {
  const outcome = refusedTask(turned)
  harmless(onEvent)(untoldEnd(outcome))
  return outcome
}

/** The outcome of another agent that stood in; where it makes claims, they say so. */
export function answeredInstead(outcome: AgentOutcome, source: string): AgentOutcome {
  if (!outcome.claims || outcome.answer === null) return outcome
  return { ...outcome, claims: { ...outcome.claims, source, degraded: true } }
}
