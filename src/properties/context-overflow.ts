import type { ResponseEnd } from '../contract/event.ts'

const saysOverflow = /maximum context length|prompt is too long/i

/**
 * Whether an answer refuses a request because it does not fit the context window.
 *
 * By the provider's code `context_length_exceeded`, or by the sentence of its message where the code is missing.
 */
export function isContextOverflow(event: ResponseEnd): boolean {
  if (event.kind !== 'model' || event.status < 400) return false
  return event.errorCode === 'context_length_exceeded' || saysOverflow.test(event.body)
}
