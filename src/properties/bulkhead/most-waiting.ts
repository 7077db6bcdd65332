/** A task that waited for its first call. */
export interface Wait {
  readonly id: string
  readonly from: number
  /** When the call was sent. */
  readonly to: number
  readonly call: number
}

/** The moment at which most tasks waited, and who they were. Those who go on at an instant make room for those who come. */
export function mostWaiting(waits: readonly Wait[]): { count: number; at: number; waiting: readonly Wait[] } {
  const steps = waits.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ])
  steps.sort((one, other) => one.at - other.at || one.by - other.by)
  let [count, most, at] = [0, 0, 0]
  for (const step of steps) {
    count += step.by
    if (count <= most) continue
    most = count
    at = step.at
  }
  return { count: most, at, waiting: waits.filter(({ from, to }) => from <= at && at < to) }
}
