import type { ErrorClass } from './error-class.ts'
import { classifyModelError } from './error-class.ts'
import type { StopReason } from '../task/outcome.ts'
import { StopError } from './stop-error.ts'

/** A model could not be made to answer: the task ends, unless another source can. */
export class ModelFailure extends StopError {
  static {
    this.prototype.name = 'ModelFailure'
  }

  readonly errorClass: ErrorClass

  constructor(stop: StopReason, errorClass: ErrorClass, cause: Error) {
    super(stop, cause.message, { cause })
    this.errorClass = errorClass
  }
}

/** What the error that ended a task comes to. */
export function classOfEnd(error: unknown): ErrorClass {
  if (error instanceof ModelFailure) return error.errorClass
  return error instanceof StopError && error.cause instanceof ModelFailure
    ? error.cause.errorClass
    : classifyModelError(error)
}

/**
 * The stop that a failed model call amounts to: no answer, or an answer that is not JSON.
 *
 * A call that the agent itself refused, without an attempt of it, is no error of the API: nobody asked it.
 *
 * @param wasSent whether any attempt was sent
 */
export function asStop(error: unknown, wasSent: boolean): unknown {
  if (error instanceof StopError || !(error instanceof Error)) return error
  const errorClass = classifyModelError(error)
  if (errorClass === 'invalid_reply') return new StopError('invalid_llm_response', error.message, { cause: error })
  if (errorClass === 'unknown') return error
  return new ModelFailure(wasSent ? 'llm_api_error' : 'error', errorClass, error)
}
