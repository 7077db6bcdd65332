import type { NotRun } from '../results/not-run/not-run-schema.ts'
import type { Baseline } from './baseline.ts'
import type { Config } from './config.ts'
import type { RanScenario } from './ran-scenario.ts'
import type { Workers } from './worker-pool.ts'

/** What a run was asked for. */
export interface RunRequest {
  /** The processes that run trials; whoever made the pool closes it. */
  readonly pool: Workers
  readonly config: Config
  /** The folder of the configuration; scenario files are named relative to it. */
  readonly root: string
  /** Absolute paths of the scenario files. */
  readonly files: readonly string[]
  readonly seed: number
  /** Trials of each scenario; null: what the scenario says. */
  readonly trials: number | null
  readonly isQuick: boolean
  readonly workers: number
  /** Today as `YYYY-MM-DD`, by which acceptances expire and declarations are in force. */
  readonly today: string
  /** Earlier results to compare with. */
  readonly baselines: readonly Baseline[]
  /** Whether only what gates is wanted of a measure: no surface, and no causes of failures unless an alert gates. */
  readonly isForGatesAlone?: boolean
  /**
   * Scenarios that need not be run, by path; what else is run is put in. Whoever keeps it from one run to another answers
   * for nothing having changed.
   */
  readonly finished?: Map<string, RanScenario>
  /** Failed scenarios after which the run ends; absent or null: it does not end before its last scenario. */
  readonly bail?: number | null
  /** Scenario files that were there and are not to be run. */
  readonly leftOut?: NotRun['scenarios']
  readonly progress: Progress
  /** Arguments of `shakedown` that ask for the same trials again; absent where no command line asked. */
  readonly command?: readonly string[]
}

/** Told of what happens while a run lasts; for people, never for results. */
export interface Progress {
  /** Before the first trial: what the trials of the measure cannot show, in one sentence without its full stop. */
  unresolved(name: string, sentence: string): void
  /** With the trials of its search; none where it is burned in and not searched. */
  scenarioStarted(name: string, trials: number): void
  faultFreeDone(name: string, failures: number): void
  trialsDone(name: string, done: number, of: number, violated: readonly string[]): void
  shrinking(name: string, property: string): void
  scenarioDone(name: string): void
  /** Before the first trial of the measure: all the trials that it may make, in the order in which they are shown. */
  measureStarted(name: string, parts: readonly MeasuredPart[]): void
  /** So many more trials of a part of the measure, by its place among the parts. */
  measured(name: string, part: number, trials: number): void
  /** Everything was decided after so many trials under each condition, of at most so many. */
  decided(name: string, trials: number, most: number): void
}

/** Trials that are counted as one: those under a condition, or those of the surface. */
export interface MeasuredPart {
  readonly name: string
  readonly trials: number
  /** Whether fewer may decide everything. */
  readonly isAtMost: boolean
}
