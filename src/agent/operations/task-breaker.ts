import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { breakerParts } from '../resilience/breaker-parts.ts'
import { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import { rateWindowSchema, waitMs } from '../resilience/resilience-options.ts'
import { makeTripRule } from '../resilience/trip-rule.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import { turnAway } from '../task/refused-task.ts'
import { averageLatency } from './average-latency.ts'
import { resultOf } from './task-result.ts'
import type { TaskResult } from './task-result.ts'

const taskBreakerSchema = z.strictObject({
  /** What is behind it, for the claims of tasks that it turns away. */
  name: z.string().min(1).default('the agent'),
  /** Opens above this share of failed tasks, 0 to 1. */
  failureThreshold: z.number().min(0).lt(1).default(0.05),
  /** Opens where tasks take longer than this on average. */
  latencyThresholdMs: waitMs.default(30_000),
  /** The last so many tasks, or those of the last so many milliseconds. */
  window: rateWindowSchema.default({ calls: 100 }),
  /** Tasks in the window below which neither rule speaks. */
  minimumTasks: z.int().min(1).default(20),
  cooldownMs: waitMs.default(300_000),
})

/** A breaker over whole tasks. */
export interface TaskBreaker {
  readonly name: string
  readonly breaker: CircuitBreaker
  /** A probe that takes longer has failed, whatever it answers. */
  readonly latencyThresholdMs: number
}

/**
 * Makes a breaker over whole tasks, which opens on their error rate or their average latency. One task after the
 * cooldown is the probe.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function taskBreaker(options: z.input<typeof taskBreakerSchema> = {}): TaskBreaker {
  const settings = parseOptions('task breaker', taskBreakerSchema, options)
  const { failureThreshold: threshold, latencyThresholdMs: aboveMs, window, minimumTasks: minimumCalls } = settings
  const failureRate = { threshold, window, minimumCalls }
  const rule = { failureRate, cooldownMs: settings.cooldownMs, probesAtOnce: 1, probesToClose: 1 }
  const tripRule: typeof makeTripRule = (its) => {
    const rules = [makeTripRule(its), averageLatency({ aboveMs, window, minimumCalls })]
    return (call) => rules.map((trips) => trips(call)).includes(true)
  }
  const breaker = new CircuitBreaker(rule, { ...breakerParts, tripRule })
  return { name: settings.name, breaker, latencyThresholdMs: aboveMs }
}

const classes = { success: 'success', failure: 'failure', neither: 'neutral' } as const

/** Answers a task that the breaker does not let through; `retryAfterMs` is null where nobody knows how long. */
export type InsteadOfOpen = (
  task: AgentTask,
  options: { readonly signal: AbortSignal; readonly retryAfterMs: number | null },
) => Promise<AgentOutcome>

/**
 * An agent behind a breaker over its tasks. While that is open nobody is asked, and the task ends without an answer
 * and with the stop `error`, or as `instead` says. A cancelled task, and one that waits for an approval, count for
 * nothing.
 */
export function behindTaskBreaker(
  agent: ReferenceAgent,
  { name, breaker, latencyThresholdMs }: TaskBreaker,
  instead?: InsteadOfOpen,
): ReferenceAgent {
  return async (task, given) => {
    const { signal } = given
    if (signal.aborted) return agent(task, given)
    const permit = breaker.admit()
    if (!permit.admitted) {
      const retryAfterMs = permit.retryAfterMs ?? null
      return instead?.(task, { signal, retryAfterMs }) ?? turnAway({ name, by: 'task breaker', retryAfterMs }, given)
    }
    const startedMs = performance.now()
    const settle = (result: TaskResult): void => {
      const tookMs = performance.now() - startedMs
      const isTooSlow = permit.isProbe && result === 'success' && tookMs > latencyThresholdMs
      permit.settle({ class: isTooSlow ? 'failure' : classes[result], tookMs })
    }
    try {
      const outcome = await agent(task, given)
      settle(resultOf(outcome))
      return outcome
    } catch (error) {
      settle('failure')
      throw error
    }
  }
}
