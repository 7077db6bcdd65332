/**
 * The chance that a run ever shows something, looked at after each of so many trials, at a true rate. Exact.
 *
 * By recursion over the number of successes: the chances of all runs that have not shown it yet are carried from trial to
 * trial. What shows must be the counts outside a range, as with any interval.
 *
 * @param shows whether so many successes in so many trials show it
 */
export function chanceOfEver(
  shows: (successes: number, trials: number) => boolean,
  rate: number,
  horizon: number,
): number {
  let open = [1]
  // The first count of those that are still open: the arrays hold no others.
  let from = 0
  let shown = 0
  for (let trials = 1; trials <= horizon; trials++) {
    const next = Array.from({ length: open.length + 1 }, (_, index) => {
      const failed = (open[index] ?? 0) * (1 - rate)
      return failed + (open[index - 1] ?? 0) * rate
    })
    let [first, last] = [0, next.length - 1]
    while (first <= last && shows(from + first, trials)) shown += next[first++] ?? 0
    while (last >= first && shows(from + last, trials)) shown += next[last--] ?? 0
    open = next.slice(first, last + 1)
    from += first
  }
  return shown
}
