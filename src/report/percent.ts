/** How a share is rounded to hundredths of a percent. */
export type Rounding = 'nearest' | 'down' | 'up'

/**
 * A share of 0 to 1 with up to six digits as a percentage with two, `94.96 %`.
 *
 * Bounds are rounded outwards, so that one never seems to reach a level that it does not reach; and only all of them
 * are `100.00 %`.
 */
export function percent(share: number, rounding: Rounding = 'nearest'): string {
  const millionths = Math.round(share * 1_000_000)
  const hundredths = hundredthsOf(millionths / 100, rounding)
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`
}

/** The same with no more digits than it has, for a level that somebody wrote down: `95 %`, `99.9 %`. */
export function exactPercent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`
}

function hundredthsOf(exact: number, rounding: Rounding): number {
  if (rounding === 'down') return Math.floor(exact)
  if (rounding === 'up') return Math.ceil(exact)
  if (exact <= 0 || exact >= 10_000) return exact
  return Math.min(Math.max(Math.round(exact), 1), 9_999)
}
