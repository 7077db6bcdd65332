import type { AgentOutcome } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import { resultOf } from './task-result.ts'

/** What has become of all tasks of an agent since it was made. */
export interface Totals {
  /** Tasks that were given to the agent, those that are under way among them. */
  readonly requests: number
  readonly successes: number
  readonly failures: number
  /** Ended tasks that were neither: cancelled by their caller, or waiting for an approval. */
  readonly neither: number
  /** Ended tasks to whose answer anything but the primary contributed, whether it served them or not. */
  readonly fallbackUses: number
  /** Successes among successes and failures, 0 to 1; null before the first of them. */
  readonly successRate: number | null
  /** How long the task that ended last took, in whole milliseconds, and when it ended; null before the first has. */
  readonly lastTask: { readonly tookMs: number; readonly endedAtMs: number } | null
}

/** Counts the tasks of one agent. */
export class AgentTotals {
  #requests = 0
  #fallbackUses = 0
  #lastTask: Totals['lastTask'] = null
  readonly #results = { success: 0, failure: 0, neither: 0 }

  get current(): Totals {
    const { success: successes, failure: failures, neither } = this.#results
    const judged = successes + failures
    const successRate = judged === 0 ? null : successes / judged
    const [requests, fallbackUses, lastTask] = [this.#requests, this.#fallbackUses, this.#lastTask]
    return { requests, successes, failures, neither, fallbackUses, successRate, lastTask }
  }

  /** Counts a task that has begun, now and when it ends; one that rejects has failed. Returns the very same promise. */
  count(task: Promise<AgentOutcome>): Promise<AgentOutcome> {
    this.#requests += 1
    const startedMs = performance.now()
    const ended = (): void => {
      this.#lastTask = { tookMs: Math.round(performance.now() - startedMs), endedAtMs: Date.now() }
    }
    task.then(
      (outcome) => {
        ended()
        this.#results[resultOf(outcome)] += 1
        if (outcome.claims?.degraded) this.#fallbackUses += 1
      },
      () => {
        ended()
        this.#results.failure += 1
      },
    )
    return task
  }
}

/** An agent that tells its totals. */
export interface CountedAgent extends ReferenceAgent {
  readonly totals: () => Totals
}

/** An agent whose tasks are counted. */
export function counted(agent: ReferenceAgent): CountedAgent {
  const totals = new AgentTotals()
  return Object.assign<ReferenceAgent, { readonly totals: () => Totals }>(
    (task, options) => totals.count(agent(task, options)),
    { totals: () => totals.current },
  )
}
