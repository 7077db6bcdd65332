/** Virtual milliseconds as seconds with three decimals, `1.250 s`: the same text everywhere, whatever the locale. */
export function inSeconds(virtualMs: number): string {
  return `${(Math.round(virtualMs) / 1_000).toFixed(3)} s`
}
