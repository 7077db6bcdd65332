import type { NotRun } from '../results/not-run/not-run-schema.ts'

/** Which of some scenario files a flag lets through. */
export interface Choice {
  /** Relative to the configuration. */
  readonly files: readonly string[]
  /** Why the others are left out. */
  readonly why: NotRun['scenarios'][number]['why']
  /** What somebody who waits for the run is told, a sentence each. */
  readonly told: readonly string[]
}
