/** The first whole number from which on a condition holds; `to` where it holds nowhere before. */
export function firstWhere(holds: (count: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
