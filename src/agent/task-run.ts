import type OpenAI from 'openai'
import type { AgentSettings } from './agent-options.ts'
import type { AgentParts } from './agent-parts.ts'
import type { EffectLedger } from './effect-ledger.ts'
import type { AgentTask } from './outcome.ts'
import type { RetryRule } from './with-retry.ts'

/** One task on its way: what it was given and what it may use. Nothing in it is shared with another task's state. */
export interface TaskRun {
  readonly task: AgentTask
  readonly signal: AbortSignal
  readonly settings: AgentSettings
  readonly parts: AgentParts
  readonly client: OpenAI
  readonly ledger: EffectLedger
  /** Calls whose approval was denied, by tool and arguments: a no is final for the task. */
  readonly denied: Set<string>
}

/** The retry rule of a task for calls whose errors `isRetryable` judges. */
export function retryRule(run: TaskRun, isRetryable: (error: unknown) => boolean): RetryRule {
  const { backoff, retryAfter } = run.parts
  return { settings: run.settings.retry, backoff, retryAfter, isRetryable, signal: run.signal }
}
