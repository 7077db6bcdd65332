import { quantity } from '../../results/quantity.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { findingRows } from './finding-rows.ts'

/** What became of findings since the run before, counted: `1 new, 2 still failing; over 3 earlier runs`. */
export function sinceWords(trends: Trends): string {
  if (trends.runs.length < 2) return 'no run before this one can be compared.'
  const counted = [...Map.groupBy(findingRows(trends), ({ word }) => word)].map(([word, of]) => `${of.length} ${word}`)
  const earlier = quantity(trends.runs.length - 1, 'earlier run')
  const found = counted.length === 0 ? 'no finding that can be compared' : counted.join(', ')
  return `${found}; over ${earlier}`
}
