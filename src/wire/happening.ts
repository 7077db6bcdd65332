/**
 * A moment of a call: as it is `sent`, once the upstream has `acted` and before its answer goes out, or once the answer
 * is with the caller, whole or failed (`answered`).
 */
export const callPoints = ['sent', 'acted', 'answered'] as const

export type CallPoint = (typeof callPoints)[number]

/**
 * The process of the agent, as far as something can happen to it.
 *
 * Each calls `strike` when it takes hold, and does nothing where it finds nothing to take hold of.
 */
export interface AgentProcess {
  /** Sets the wall clock forward, or back by a negative number. */
  jumpClock(byMs: number, strike: () => void): void
  /** For so long, timers fire late: at the next whole multiple of a span. */
  delayTimers(spanMs: number, forMs: number, strike: () => void): void
  /** The event loop is blocked for so long: time passes, and nothing fires. */
  block(forMs: number, strike: () => void): void
  /** Aborts the signal of a task that runs. */
  abortTask(task: number, strike: () => void): void
  /** Kills the process, and starts it anew after so long; the tasks that ran are handed to it again. */
  kill(downMs: number, strike: () => void): void
}

/** Something that happens to the agent's process around a call. */
export interface Happening {
  readonly at: CallPoint
  /** Virtual milliseconds after that point. */
  readonly afterMs: number
  /** Microtasks after that: one for each step of promises, so that every await of the agent can be hit. */
  readonly afterMicrotasks: number
  happen(process: AgentProcess, task: number, strike: () => void): void
}
