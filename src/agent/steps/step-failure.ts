import { classifyModelError } from '../errors/error-class.ts'
import type { ErrorClass } from '../errors/error-class.ts'
import { ModelFailure } from '../errors/model-failure.ts'
import { StopError } from '../errors/stop-error.ts'
import { StoreError } from '../store/store-error.ts'
import type { StopReason } from '../task/outcome.ts'

/** Why a step did not come to its end. */
export interface StepFailure {
  /** The reason for which the loop ended with it. */
  readonly stop: StopReason
  /** The class of what was thrown; `store` for the agent's own store, null where a reply ended the run and nothing was thrown. */
  readonly errorClass: ErrorClass | 'store' | null
  /** In words, without secrets; null where nothing was thrown. */
  readonly message: string | null
}

/** What was thrown out of a step, as it is kept. */
export function failureOf(error: unknown, withoutSecrets: (text: string) => string): StepFailure {
  const stop = error instanceof StopError ? error.stop : 'error'
  const message = withoutSecrets(error instanceof Error ? error.message : String(error))
  return { stop, errorClass: classOf(error), message }
}

function classOf(error: unknown): ErrorClass | 'store' {
  if (error instanceof StoreError) return 'store'
  return error instanceof ModelFailure ? error.errorClass : classifyModelError(error)
}
