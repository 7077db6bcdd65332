import { usageError } from '../contract/errors.ts'

/**
 * Pearson's correlation of pairs, −1 to 1; null where one side never varies.
 *
 * To be shown beside a paired comparison: the higher it is, the more the pairing was worth.
 *
 * @throws a usage error where the two are not equally long, or a value is no finite number
 */
export function correlation(first: readonly number[], second: readonly number[]): number | null {
  if (first.length !== second.length) {
    throw usageError(
      'STATISTICS_PAIRS',
      `A correlation of ${first.length} values with ${second.length} was asked: give pairs.`,
    )
  }
  const [meanOfFirst, meanOfSecond] = [mean(first), mean(second)]
  let [both, ofFirst, ofSecond] = [0, 0, 0]
  for (const [index, value] of first.entries()) {
    const a = value - meanOfFirst
    const b = (second[index] ?? Number.NaN) - meanOfSecond
    both += a * b
    ofFirst += a * a
    ofSecond += b * b
  }
  if (!Number.isFinite(both + ofFirst + ofSecond)) {
    throw usageError(
      'STATISTICS_PAIRS',
      'A correlation of values that are no finite numbers was asked: give finite ones.',
    )
  }
  return ofFirst === 0 || ofSecond === 0 ? null : Math.min(1, Math.max(-1, both / Math.sqrt(ofFirst * ofSecond)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
