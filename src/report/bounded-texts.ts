import { shortened } from './shortened.ts'

/** Letters of any text in a rendering, and of a token, half of which replays nothing. */
const limits = { text: 4_000, token: 100_000 } as const

/**
 * The same value with no text longer than a reader can take, names included: what an agent prints in one line of a
 * megabyte would be on a page twenty times. results.json holds all of it.
 *
 * Parts without a long text are handed back as they are.
 */
export function boundedTexts<Value>(value: Value): Value
export function boundedTexts(value: unknown): unknown {
  return bounded(value, limits.text)
}

function bounded(value: unknown, limit: number): unknown {
  if (typeof value === 'string') return shortened(value, limit)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((each: unknown) => bounded(each, limit))
    return items.every((each, index) => each === value[index]) ? value : items
  }
  const entries = Object.entries(value).map(
    ([key, each]) =>
      [shortened(key, limits.text), bounded(each, key === 'token' ? limits.token : limits.text), key, each] as const,
  )
  return entries.every(([name, item, key, each]) => name === key && item === each)
    ? value
    : Object.fromEntries(entries.map(([name, item]) => [name, item]))
}
