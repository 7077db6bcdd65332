import type { AgentSettings } from '../agent-options.ts'
import type { TaskListener } from '../events/task-event.ts'
import type { AgentParts } from '../agent-parts.ts'
import type { EffectLedger } from '../tools/effect-ledger.ts'
import type { Endpoint, ModelSource } from '../model/endpoint.ts'
import type { AnswerCache } from '../fallback/answer-cache.ts'
import type { AgentTask } from './outcome.ts'
import type { KeptGuards } from '../store/kept-guards.ts'
import type { RunJournal } from '../store/run-journal.ts'
import type { StoredApprovals } from '../policy/stored-approvals.ts'
import type { RetryBudget } from '../resilience/retry-budget.ts'
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { TaskLog } from './task-log.ts'
import type { SecretStrike } from '../policy/without-secrets.ts'
import type { ProviderTraces } from '../steps/provider-traces.ts'
import type { RunRecorder } from '../steps/run-recorder.ts'
import type { Span } from '../resilience/time-limit.ts'
import type { RetryRule } from '../resilience/with-retry.ts'

/** What all tasks of one agent share. */
export interface SharedState {
  /** By name, the endpoint of the primary among them. */
  readonly endpoints: ReadonlyMap<string, Endpoint>
  readonly primary: ModelSource
  readonly budget: RetryBudget | null
  readonly cache: AnswerCache | null
  /** Safe mode is a breaker over whole tasks. */
  readonly safeMode: CircuitBreaker | null
  /** What breakers and kept answers stand at in the store; null without one. */
  readonly kept: KeptGuards | null
  /** Takes keys and secrets out of what is kept for people. */
  readonly strike: SecretStrike
}

/** One task on its way: what it was given and what it may use. All but `shared` is its own. */
export interface TaskRun extends Span {
  readonly task: AgentTask
  readonly settings: AgentSettings
  readonly parts: AgentParts
  readonly shared: SharedState
  readonly log: TaskLog
  readonly ledger: EffectLedger
  /** Where the run is kept; null for one that ends with its process. */
  readonly journal: RunJournal | null
  /** Where approvals wait for a decision; null where only the policy's approver decides. */
  readonly approvals: StoredApprovals | null
  /** The step that it is at, from 1; 0 before the first. */
  readonly step: number
  readonly tell: TaskListener
  readonly recorder: RunRecorder
  /** What providers were sent and answered; null where nobody wants to know. */
  readonly traces: ProviderTraces | null
  /** Whether anybody looks at usage, so that it is worth counting where it is not told. */
  readonly countsUsage: boolean
  /** Why the approval of calls was denied, by tool and arguments: a no is final for the task. */
  readonly denied: Map<string, string | null>
}

/** The retry rule of a task for calls whose errors `isRetryable` judges. */
export function retryRule(run: TaskRun, isRetryable: (error: unknown) => boolean): RetryRule {
  const { backoff, retryAfter } = run.parts
  const { settings, signal, endsAtMs, shared } = run
  return { settings: settings.retry, backoff, retryAfter, isRetryable, signal, endsAtMs, budget: shared.budget }
}
