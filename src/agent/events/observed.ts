import type { Watch } from './observer.ts'
import { quietly } from './quietly.ts'

/**
 * Does a piece of work under the eyes of an observer, where there is one.
 *
 * @param begin says that it begins; what it returns watches it
 */
export function observed<Result>(
  begin: () => Watch<NoInfer<Result>> | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const watch = quietly(begin)
  return watch === undefined ? work() : watched(watch, work)
}

async function watched<Result>(watch: Watch<Result>, work: () => Promise<Result>): Promise<Result> {
  try {
    const result = await onceWithin(watch, work)
    quietly(() => watch.succeeded(result))
    return result
  } catch (error) {
    quietly(() => watch.failed(error))
    throw error
  }
}

/** However the observer treats it, the work is done, and done once. */
function onceWithin<Result>(watch: Watch<Result>, work: () => Promise<Result>): Promise<Result> {
  let underWay: Promise<Result> | undefined
  const begin = (): Promise<Result> => (underWay ??= (async () => work())())
  void quietly(() => watch.within(begin))
  return begin()
}
