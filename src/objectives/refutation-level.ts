/** Levels that nobody asks for: what is refuted at it is refuted. */
const least = 1e-12

/**
 * The smallest α at which something is refuted, its p-value in other words, by bisection over α.
 *
 * Asked of whatever judges by an interval of coverage 1 − α, so that any such judgement has one.
 *
 * @param isRefuted at an α; true at `alpha`, and at every larger one than where it is true
 */
export function refutationLevel(isRefuted: (alpha: number) => boolean, alpha: number): number {
  if (isRefuted(least)) return least
  let [low, high] = [Math.log(least), Math.log(alpha)]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (isRefuted(Math.exp(middle))) high = middle
    else low = middle
  }
  return Math.exp(high)
}
