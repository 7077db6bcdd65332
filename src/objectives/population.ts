/**
 * What a rate speaks of.
 *
 * `these tasks`: exactly the tasks of the scenario; each trial is an observation of its own. `tasks like these`: the
 * tasks are a sample of what customers ask for; repeats of one task agree, so that intervals are clustered by task.
 */
export const populations = ['these tasks', 'tasks like these'] as const

export type Population = (typeof populations)[number]

/** How counts are turned into intervals. */
export interface Reading {
  readonly population: Population
  /** Whether the counts were looked at on the way, to stop as soon as everything is decided. */
  readonly isSequential: boolean
  /** One minus the coverage of the intervals that gate; default 0.05. */
  readonly alpha?: number
}

/** How counts are read where nobody chose otherwise. */
export const plainReading: Reading = { population: 'these tasks', isSequential: false }
