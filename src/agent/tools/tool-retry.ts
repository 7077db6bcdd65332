import { TimeoutError } from '../errors/timeout-error.ts'
import { isNetworkError, isNeverConnected } from '../errors/network-error.ts'
import type { Tool } from './tool.ts'
import { NotExecutedError } from '../errors/not-executed-error.ts'
import { ToolHttpError } from '../errors/tool-http-error.ts'

/** Decides whether a failed attempt of a tool call may be repeated. */
export type ToolRetry = (error: unknown, tool: Tool) => boolean

/**
 * Repeats a read-only call after anything transient, an effectful one only if it certainly did not happen.
 *
 * After a timeout, a reset or a 5xx the effect may be in place, and a second attempt would be a second effect.
 */
export const isRepeatable: ToolRetry = (error, tool) => {
  if (error instanceof ToolHttpError && error.headers.get('x-should-retry') === 'false') return false
  if (tool.effectful) return isNotExecuted(error)
  if (error instanceof ToolHttpError) return error.status === 429 || error.status >= 500
  return error instanceof TimeoutError || isNetworkError(error)
}

/** Whether the back end may have acted on a failed effectful call. Everything not provably harmless is unknown. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (isNotExecuted(error) || error instanceof NotExecutedError) return false
  return !(error instanceof ToolHttpError && error.status >= 400 && error.status < 500 && error.status !== 408)
}

function isNotExecuted(error: unknown): boolean {
  return error instanceof ToolHttpError ? error.status === 429 : isNeverConnected(error)
}
