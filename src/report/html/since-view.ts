import { quantity } from '../../results/quantity.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { findingRows } from '../trends/finding-rows.ts'

/** What the first screen says of the time since the run before. */
export interface SinceView {
  readonly text: string
  /** Where the page tells more; empty where it does not. */
  readonly anchor: string
  /** The command that would tell it; empty where it is told. */
  readonly command: string
}

/** What changed since the run before, or how to be told: silence would pass for no change. */
export function sinceView(trends: Trends | null): SinceView {
  if (trends === null)
    return {
      text: 'no earlier run was given. To compare with one:',
      anchor: '',
      command: 'npx shakedown run --previous <folder>',
    }
  if (trends.runs.length < 2)
    return {
      text: 'no run before this one can be compared.',
      anchor: 'trends',
      command: '',
    }
  const counted = [...Map.groupBy(findingRows(trends), ({ word }) => word)].map(([word, of]) => `${of.length} ${word}`)
  const earlier = quantity(trends.runs.length - 1, 'earlier run')
  const found = counted.length === 0 ? 'no finding that can be compared' : counted.join(', ')
  return { text: `${found}; over ${earlier}`, anchor: 'trends', command: '' }
}
