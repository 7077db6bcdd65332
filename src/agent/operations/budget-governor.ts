import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { StopError } from '../errors/stop-error.ts'
import { longestTimerMs } from '../resilience/resilience-options.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent, TaskOptions } from '../task/agent.ts'
import { answeredInstead, turnAway } from '../task/refused-task.ts'
import { onAlertSchema, raise } from './alert.ts'
import { budgetLeft, targetSchema } from './error-budget.ts'
import { Recent } from './recent.ts'
import { resultOf } from './task-result.ts'
import { Throttle, throttleSchema } from './throttle.ts'

/** How much depends on a task. */
export type Stakes = 'low' | 'medium' | 'high'

const actionSchema = z.discriminatedUnion('action', [
  /** Fewer tasks at once and more time between them. */
  z.strictObject({ action: z.literal('throttle'), ...throttleSchema.shape }),
  /** A simpler agent, which is given as `simpler`. */
  z.strictObject({ action: z.literal('degrade') }),
  /** No task at all. */
  z.strictObject({ action: z.literal('break') }),
])

const governorSchema = z
  .strictObject({
    /** What is governed, for alerts. */
    name: z.string().min(1),
    /** The share of tasks that must succeed; the rest is the error budget. */
    target: targetSchema,
    /** The budget is that of the tasks of the last so many milliseconds. */
    windowMs: z.int().min(1).max(longestTimerMs).default(86_400_000),
    /** Tasks in the window below which the budget is not spent, however many of them failed. */
    minimumTasks: z.int().min(1).default(20),
    /** What is done while the budget is spent. */
    whenSpent: z.record(z.enum(['low', 'medium', 'high']), actionSchema),
    stakesOf: z.custom<(task: AgentTask) => Stakes>((value) => typeof value === 'function', 'must be a function'),
    simpler: z.custom<ReferenceAgent>((value) => typeof value === 'function', 'must be an agent').optional(),
    onAlert: onAlertSchema.optional(),
  })
  .refine(({ whenSpent, simpler }) => simpler ?? !Object.values(whenSpent).some(({ action }) => action === 'degrade'), {
    path: ['simpler'],
    error: 'must be given where tasks are degraded',
  })

/** What an answer of the simpler agent is said to come from. */
const simplerSource = 'simpler_agent'

/**
 * Holds an agent to its error budget: while it is spent, tasks are throttled, degraded or refused by their stakes.
 *
 * All tasks that were tried count, those of the simpler agent too; refused, cancelled and waiting ones do not. Failures
 * leave the window with time, so that the agent is back to normal once the window has budget again.
 */
export class BudgetGovernor {
  readonly #settings: z.output<typeof governorSchema>
  readonly #results: Recent<'success' | 'failure'>
  readonly #throttles = new Map<Stakes, Throttle>()
  #wasSpent = false

  /** @throws {TypeError} one sentence, where an option is wrong */
  constructor(options: z.input<typeof governorSchema>) {
    this.#settings = parseOptions('budget governor', governorSchema, options)
    this.#results = new Recent({ windowMs: this.#settings.windowMs, maxItems: 1_000_000 })
  }

  /** The share of the budget that is left; negative where it is overdrawn. */
  get left(): number {
    const failures = this.#results.items.filter((result) => result === 'failure').length
    return budgetLeft(this.#settings.target, { failures, successes: this.#results.items.length - failures })
  }

  /** Whether there is nothing left of the budget. Tells of it where that has changed. */
  get isSpent(): boolean {
    const isSpent = this.#results.items.length >= this.#settings.minimumTasks && this.left <= 0
    if (isSpent !== this.#wasSpent) this.#tell(isSpent)
    this.#wasSpent = isSpent
    return isSpent
  }

  /** An agent that is governed. One governor may govern several, which have one budget. */
  govern(agent: ReferenceAgent): ReferenceAgent {
    return async (task, given) => {
      const stakes = this.#settings.stakesOf(task)
      const measure = this.isSpent ? this.#settings.whenSpent[stakes] : null
      if (measure?.action === 'break') return this.#refuse(given)
      if (measure?.action === 'degrade') {
        return answeredInstead(await this.#count(this.#settings.simpler ?? agent, task, given), simplerSource)
      }
      if (measure?.action !== 'throttle') return this.#count(agent, task, given)
      const throttle = this.#throttles.get(stakes) ?? new Throttle(measure)
      this.#throttles.set(stakes, throttle)
      return this.#throttled(throttle, agent, task, given)
    }
  }

  #refuse(given: TaskOptions): AgentOutcome {
    return turnAway({ name: this.#settings.name, by: 'budget' }, given)
  }

  async #throttled(
    throttle: Throttle,
    agent: ReferenceAgent,
    task: AgentTask,
    given: TaskOptions,
  ): Promise<AgentOutcome> {
    const { signal } = given
    try {
      return (await throttle.run(signal, () => this.#count(agent, task, given))) ?? this.#refuse(given)
    } catch (error) {
      if (error instanceof StopError && signal.aborted) return { answer: null, stop: error.stop }
      throw error
    }
  }

  async #count(agent: ReferenceAgent, task: AgentTask, given: TaskOptions): Promise<AgentOutcome> {
    try {
      const outcome = await agent(task, given)
      const result = resultOf(outcome)
      if (result !== 'neither') this.#results.add(result)
      return outcome
    } catch (error) {
      this.#results.add('failure')
      throw error
    } finally {
      void this.isSpent
    }
  }

  #tell(isSpent: boolean): void {
    const { name: subject, onAlert } = this.#settings
    if (isSpent) {
      const message = `The error budget of ${subject} is spent: ${(this.left * 100).toFixed(1)} % of it are left.`
      raise(onAlert, { kind: 'budget_spent', severity: 'critical', subject, message })
    } else {
      const message = `The error budget of ${subject} is no longer spent.`
      raise(onAlert, { kind: 'budget_restored', severity: 'info', subject, message })
    }
  }
}
