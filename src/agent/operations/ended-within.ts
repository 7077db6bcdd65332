/** Waits for an end, whatever it is, but not for longer than so many milliseconds. */
export async function endedWithin(limitMs: number, ending: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, limitMs)
  ending.then(
    () => resolve(),
    () => resolve(),
  )
  await over
  clearTimeout(timer)
}
