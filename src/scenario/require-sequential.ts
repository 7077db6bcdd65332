import { usageError } from '../contract/errors.ts'
import type { Objective } from '../objectives/objective-schema.ts'
import type { Population } from '../objectives/population.ts'
import { type Until, isSequential } from '../objectives/until.ts'

/** A measure as far as it decides when to end. */
interface Ending {
  readonly until: Until
  readonly population: Population
  readonly objectives: readonly Objective[]
  /** Whether anything but objectives is to be decided: a declaration, or gates on single tasks. */
  readonly isElseDecided: boolean
}

/**
 * Refuses a measure until everything is decided where nothing could be, or not at every look.
 *
 * @throws {ShakedownError} of kind `usage`
 */
export function requireSequential({ until, population, objectives, isElseDecided }: Ending, place: string): void {
  if (until !== 'decided') return
  const field = `${place}: "measure.until" is "decided"`
  if (objectives.length === 0 && !isElseDecided) {
    throw usageError(
      'UNTIL',
      `${field}, and there is nothing to decide; add an objective or a declaration, or leave it out.`,
    )
  }
  if (population === 'tasks like these') {
    throw usageError(
      'UNTIL',
      `${field}, and no interval for "tasks like these" holds at every look; leave one of "until" and "population" out.`,
    )
  }
  const mean = objectives.find((objective) => !isSequential(objective))
  if (mean === undefined) return
  throw usageError(
    'UNTIL',
    `${field}, and the objective "${mean.measure}" has no interval that holds at every look; leave one of the two out.`,
  )
}
