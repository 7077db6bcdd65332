import type { ResponseEnd } from '../contract/event.ts'

const saysOverflow =
  /maximum context length|prompt is too long|exceeds the maximum number of tokens allowed|input is too long for requested model/i

/**
 * Whether an answer refuses a request because it does not fit the context window.
 *
 * By the provider's code `context_length_exceeded`, which a stream tells in its own events under status 200, or by the
 * sentence of an error's message where the code is missing.
 */
export function isContextOverflow({ kind, status, errorCode, body }: ResponseEnd): boolean {
  if (kind !== 'model') return false
  return errorCode === 'context_length_exceeded' || (status >= 400 && saysOverflow.test(body))
}
