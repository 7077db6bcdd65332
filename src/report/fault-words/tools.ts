import type { FaultWords } from './predicate.ts'

export const toolWords: FaultWords = {
  'tool.error': ({ text }) => `is answered ${text('status')}, and the back end has done nothing`,
  'tool.success_then_error': ({ text }) => `does its work and is then answered ${text('status')}`,
  'tool.success_then_silence': () => 'does its work and is never answered',
  'tool.429': ({ text }) => `is answered 429, to be retried after ${text('retryAfterSeconds')} s`,
  'tool.not_found': () => 'is answered 404',
  'tool.empty': () => 'is answered 200 with an empty object',
  'tool.truncated': () => 'is answered with JSON that is cut in half',
  'tool.html': () => 'is answered 502 with an HTML page',
}
