import type { AgentOutcome, ReferenceAgent } from '../task/outcome.ts'
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
}

/** Counts the tasks of one agent. */
export class AgentTotals {
  #requests = 0
  #fallbackUses = 0
  readonly #results = { success: 0, failure: 0, neither: 0 }

  get current(): Totals {
    const { success: successes, failure: failures, neither } = this.#results
    const judged = successes + failures
    const successRate = judged === 0 ? null : successes / judged
    return { requests: this.#requests, successes, failures, neither, fallbackUses: this.#fallbackUses, successRate }
  }

  /** Runs a task and counts it; one that rejects has failed. */
  async count(run: () => Promise<AgentOutcome>): Promise<AgentOutcome> {
    this.#requests += 1
    try {
      const outcome = await run()
      this.#results[resultOf(outcome)] += 1
      if (outcome.claims?.degraded) this.#fallbackUses += 1
      return outcome
    } catch (error) {
      this.#results.failure += 1
      throw error
    }
  }
}

/** An agent whose tasks are counted. */
export function counted(agent: ReferenceAgent, totals: AgentTotals): ReferenceAgent {
  return (task, options) => totals.count(() => agent(task, options))
}
