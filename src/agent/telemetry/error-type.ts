import { classifyModelError } from '../errors/error-class.ts'
import { ToolHttpError } from '../errors/tool-http-error.ts'
import { otherError } from './conventions-1-41.ts'

/** Names of classes, which can be counted by and hold nothing that anybody said. */
const className = /^[A-Za-z_$][\w$]{0,63}$/

/**
 * What `error.type` says of an error: one of the agent's error classes, the status of a tool's back end, or the name of
 * the error's class. Never its message, which may quote a key or a user.
 */
export function errorTypeOf(error: unknown): string {
  if (error instanceof ToolHttpError) return String(error.status)
  const errorClass = classifyModelError(error)
  if (errorClass !== 'unknown') return errorClass
  const name = error instanceof Error ? error.constructor.name : ''
  return className.test(name) ? name : otherError
}
