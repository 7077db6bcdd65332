import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import type { BreakerSnapshot } from '../resilience/breaker-watch.ts'
import { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import { longestTimerMs } from '../resilience/resilience-options.ts'
import { budgetLeft, targetSchema } from './error-budget.ts'
import { Recent } from './recent.ts'
import type { TaskResult } from './task-result.ts'

const dayMs = 86_400_000

const metricsSchema = z.strictObject({
  /** The share of tasks that must succeed; the rest is the error budget. */
  target: targetSchema.default(0.95),
  /** How far the figures look back. */
  windowMs: z.int().min(1).max(longestTimerMs).default(dayMs),
  /** Tasks kept at most; the oldest makes way. */
  maxTasks: z.int().min(1).max(1_000_000).default(10_000),
  /** The breaker whose state is told: that of an endpoint, or that of the whole agent. */
  breaker: z.instanceof(CircuitBreaker).optional(),
})

/** What one task came to. */
export interface TaskRecord {
  readonly result: TaskResult
  readonly tookMs: number
  readonly toolCalls: number
  readonly judgedCalls: number
  readonly policyViolations: number
  readonly delegationDepth: number
  /** Null where nobody has judged that. */
  readonly hallucinated: boolean | null
}

/** The figures of an agent over its window; null is unknown, which is not 0. */
export interface MetricsReading {
  readonly tasks: number
  /** Shares are from 0 to 1. Tasks that are neither success nor failure count in none. */
  readonly taskSuccessRate: number | null
  readonly averageToolCalls: number | null
  /** Nearest rank, of the tasks that succeeded or failed. */
  readonly p99LatencyMs: number | null
  /** Share of the budget; negative where it is overdrawn. */
  readonly errorBudgetRemaining: number
  /** Of the calls that the policy judged, the share that it refused. */
  readonly policyViolationRate: number | null
  readonly averageDelegationDepth: number | null
  /** Of the answers that a judge has judged. */
  readonly hallucinationRate: number | null
  /** Null where no breaker was given. */
  readonly circuitState: BreakerSnapshot['state'] | null
  readonly circuitOpenings24h: number | null
  readonly circuitRetryAfterMs: number | null
}

/** Keeps what the latest tasks came to, and reads the figures of an agent from it. */
export class AgentMetrics {
  readonly #settings: z.output<typeof metricsSchema>
  readonly #tasks: Recent<TaskRecord>
  readonly #openings = new Recent<'opened'>({ windowMs: dayMs, maxItems: 100_000 })

  /** @throws {TypeError} one sentence, where an option is wrong */
  constructor(options: z.input<typeof metricsSchema> = {}) {
    this.#settings = parseOptions('metrics object', metricsSchema, options)
    const { windowMs, maxTasks, breaker } = this.#settings
    this.#tasks = new Recent({ windowMs, maxItems: maxTasks })
    breaker?.onTransition(({ to }) => {
      if (to === 'open') this.#openings.add('opened')
    })
  }

  add(record: TaskRecord): void {
    this.#tasks.add(record)
  }

  read(): MetricsReading {
    const judged = this.#tasks.items.filter(({ result }) => result !== 'neither')
    const successes = judged.filter(({ result }) => result === 'success').length
    const snapshot = this.#settings.breaker?.snapshot() ?? null
    const hallucinations = this.#tasks.items.flatMap(({ hallucinated }) => hallucinated ?? [])
    const calls = total(this.#tasks.items.map(({ judgedCalls }) => judgedCalls))
    const violations = total(this.#tasks.items.map(({ policyViolations }) => policyViolations))
    return {
      tasks: judged.length,
      taskSuccessRate: share(successes, judged.length),
      averageToolCalls: share(total(judged.map(({ toolCalls }) => toolCalls)), judged.length),
      p99LatencyMs: p99(judged.map(({ tookMs }) => tookMs)),
      errorBudgetRemaining: budgetLeft(this.#settings.target, { successes, failures: judged.length - successes }),
      policyViolationRate: share(violations, calls),
      averageDelegationDepth: share(total(judged.map(({ delegationDepth }) => delegationDepth)), judged.length),
      hallucinationRate: share(hallucinations.filter(Boolean).length, hallucinations.length),
      circuitState: snapshot && snapshot.state,
      circuitOpenings24h: snapshot && this.#openings.items.length,
      circuitRetryAfterMs: snapshot && snapshot.retryAfterMs,
    }
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function p99(values: readonly number[]): number | null {
  const rank = Math.ceil((values.length * 99) / 100)
  return values.toSorted((left, right) => left - right)[rank - 1] ?? null
}
