import type { Reading } from '../objectives/population.ts'
import type { MeasureResult } from './measure-schema.ts'

/** How the counts of a measure are turned into intervals, as they were when it was run. */
export function readingOf({ population, mostTrials }: MeasureResult): Reading {
  return { population, isSequential: mostTrials !== null }
}
