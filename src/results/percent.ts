/** A share in percent with one decimal, `82.4 %`; with more where rounding would make it all or nothing. */
export function percent(share: number): string {
  const digits = [1, 2, 3].find((count) => isTold(share, (share * 100).toFixed(count))) ?? 4
  return `${Number((share * 100).toFixed(digits))} %`
}

/** Two bounds in percent, `78.7 % to 85.6 %`, rounded outwards: none seems to reach a level that it does not reach. */
export function percentRange([low, high]: readonly [number, number]): string {
  // Bounds have six digits, and a thousandth of a percent is exact after rounding to them.
  const down = Math.floor(Math.round(low * 1_000_000) / 1_000) / 10
  const up = Math.ceil(Math.round(high * 1_000_000) / 1_000) / 10
  return `${down} % to ${up} %`
}

function isTold(share: number, text: string): boolean {
  return (share === 0 || Number(text) !== 0) && (share === 1 || Number(text) !== 100)
}
