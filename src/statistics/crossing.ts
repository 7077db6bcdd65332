/** Enough for bisection to reach the last digit. */
const mostSteps = 200

/**
 * Where a range ends: the last number that is still outside it, on the way from one inside to one outside.
 *
 * Bisection to the last digit. Bounds of intervals are found so: rounding makes them wider, never narrower.
 */
export function crossing(isInside: (x: number) => boolean, inside: number, outside: number): number {
  for (let step = 0; step < mostSteps; step++) {
    const middle = (inside + outside) / 2
    if (middle === inside || middle === outside) break
    if (isInside(middle)) inside = middle
    else outside = middle
  }
  return outside
}
