import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'

interface Rules {
  readonly multiple: number
  readonly maxAttempts: number
}

/** F15: falling back has a price, and the price has a limit. */
export const fallbackCost = defineFallbackProperty<Rules>({
  id: 'F15',
  name: 'fallback.cost',
  statement:
    'By the time a task ends it has sent no more requests to models than the declared multiple of what the primary alone would have needed: the declared attempts for each reply that it looked for.',
  applies: 'where the profile declares `fallback.maxCostMultiple` and `retry`; exercised where a task falls back.',
  begin: ({ profile: { retry } }, { profile: { maxCostMultiple } }) =>
    retry && maxCostMultiple !== undefined ? { multiple: maxCostMultiple, maxAttempts: retry.maxAttempts } : null,
  asked: (_trial, _line, { places }, judge) => {
    if (places.length > 0 && !places.includes(0)) judge.trigger()
  },
  concluded: ({ rules: { multiple, maxAttempts } }, line, { at }, judge) => {
    const limit = multiple * maxAttempts * line.steps
    const calls = line.calls.slice(line.callsBefore)
    if (line.steps === 0 || calls.length <= limit) return
    judge.violate({
      sentence: `${taskWords(line)} had sent ${calls.length} requests to models when it ended at ${inSeconds(at)}, but it looked for ${line.steps} replies, for which the primary alone would have needed ${maxAttempts} requests each, and the agent declares at most ${multiple} times as many`,
      at,
      calls: calls.map(({ call }) => call),
    })
  },
})
