/** How many of the times, which never fall, lie before one. */
export function countBefore(times: readonly number[], before: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Infinity) < before) low = middle + 1
    else high = middle
  }
  return low
}
