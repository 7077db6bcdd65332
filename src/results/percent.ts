/**
 * A share in percent with one decimal, `82.4 %`; with more where rounding would make something all or nothing.
 */
export function percent(share: number): string {
  const digits = [1, 2, 3, 4].find((count) => isTold(share, (share * 100).toFixed(count))) ?? 4
  const text = (share * 100).toFixed(digits)
  return `${Number(text)} %`
}

/** Two shares in percent, `78.7 % to 85.6 %`. */
export function percentRange([low, high]: readonly [number, number]): string {
  return `${percent(low)} to ${percent(high)}`
}

function isTold(share: number, text: string): boolean {
  return (share === 0 || Number(text) !== 0) && (share === 1 || Number(text) !== 100)
}
