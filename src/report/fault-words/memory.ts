import type { FaultWords } from './predicate.ts'

export const memoryWords: FaultWords = {
  'history.truncated': () => 'gives a history without its older half',
  'history.duplicated': () => 'gives a history with one message twice',
  'history.reordered': () => 'gives a history with two messages the other way round',
  'history.system_prompt_lost': () => 'gives a history without its system prompt',
  'history.tool_result_dropped': () => 'gives a history without its last tool result',
  'memory.poisoned': ({ text }) => `also remembers "${text('text')}"`,
  'memory.stale': () => 'gives what it gave before',
  'memory.unavailable': () => 'fails with ECONNREFUSED',
  'tokens.undercounted': ({ text }) => `counts ${text('percent')} % of the tokens`,
  'cache.miss': () => 'finds nothing in the cache',
}
