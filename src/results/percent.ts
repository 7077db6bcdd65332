/** How a share is rounded to hundredths of a percent. */
type Rounding = 'nearest' | 'down' | 'up'

/**
 * A share from 0 with up to six digits as a percentage with two, `94.96 %`; more than all is possible, `200.00 %`.
 *
 * Only all of them are `100.00 %`, and only none of them `0.00 %`, however little is missing.
 */
export function percent(share: number): string {
  return `${hundredths(share, 'nearest')} %`
}

/** Two bounds, `78.77 to 85.64 %`, rounded outwards: none seems to reach a level that it does not reach. */
export function percentRange([low, high]: readonly [number, number]): string {
  return `${hundredths(low, 'down')} to ${hundredths(high, 'up')} %`
}

/** A share with no more digits than it has, for a level or a rate that somebody wrote down: `95 %`, `99.975 %`. */
export function exactPercent(share: number): string {
  // Twelve digits are more than anybody writes, and fewer than show the tail of a binary fraction.
  return `${Number((share * 100).toPrecision(12))} %`
}

function hundredths(share: number, rounding: Rounding): string {
  // Counted in whole millionths first, because 0.57 * 100 is a little less than 57.
  const rounded = roundedOnce(Math.round(share * 1_000_000) / 100, rounding)
  return (rounded / 100).toFixed(2)
}

function roundedOnce(exact: number, rounding: Rounding): number {
  if (rounding === 'down') return Math.floor(exact)
  if (rounding === 'up') return Math.ceil(exact)
  if (exact > 0 && exact < 10_000) return Math.min(Math.max(Math.round(exact), 1), 9_999)
  return exact > 10_000 ? Math.max(Math.round(exact), 10_001) : exact
}
