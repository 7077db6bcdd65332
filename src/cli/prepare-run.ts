import { resolve } from 'node:path'
import type { RunRequest } from '../runner/run-plan.ts'
import { realClock } from '../simulation/real-clock.ts'
import { baselineToUpdate, readBaselines } from './baselines.ts'
import { chooseScenarios } from './choose-scenarios.ts'
import type { RunFlags } from './flags.ts'
import type { Project } from './open-project.ts'
import { readPrevious } from './previous.ts'
import { progressFor } from './progress/progress-for.ts'
import type { RunProgress } from './progress/run-progress.ts'
import { runArguments } from './run-arguments.ts'
import { type Ending, tellingOf } from './tell-results.ts'

/** A run as its flags and the configuration ask for it, and what becomes of its results. */
export interface PreparedRun {
  /** Where its report is written. */
  readonly folder: string
  readonly request: RunRequest
  readonly ending: Ending
  /** Shown from now on; whoever runs it disposes of it. */
  readonly progress: RunProgress
  /** Whether it is of all scenarios. */
  readonly isWhole: boolean
}

/**
 * Prepares a run: whatever can be refused is refused before its first trial.
 *
 * No scenario is left in it where its flags let none through.
 *
 * @throws {ShakedownError} of kind `usage` where no scenario is there, or an earlier result cannot be read
 */
export async function prepareRun(
  project: Project,
  filters: readonly string[],
  flags: RunFlags & { readonly workers: number },
): Promise<PreparedRun> {
  const { root, config, pool } = project
  const folder = flags.out === undefined ? resolve(root, config.out) : resolve(flags.out)
  const { files, leftOut, told } = await chooseScenarios(project, filters, flags, folder)
  const isWhole = filters.length === 0 && leftOut.length === 0
  const telling = tellingOf(flags)
  const baselines = readBaselines(root, config, flags, isWhole)
  const ending: Ending = {
    folder,
    telling,
    toUpdate: baselineToUpdate(root, config, flags),
    previous: readPrevious(root, config, flags),
    formats: [...config.formats, ...flags.format],
    github: flags.github ?? config.github,
  }
  for (const sentence of told) process.stderr.write(`${sentence}\n`)
  const progress = progressFor(process.stderr, telling === 'brief')
  const request: RunRequest = {
    pool,
    config: { ...config, vacuous: flags.vacuous ?? config.vacuous },
    root,
    files,
    seed: flags.seed ?? config.seed,
    trials: flags.trials ?? null,
    isQuick: flags.quick ?? flags.watch,
    bail: flags.bail ?? null,
    leftOut,
    workers: flags.workers,
    today: realClock.today(),
    baselines,
    progress,
  }
  const command = runArguments(project, filters, request)
  return { folder, ending, progress, isWhole, request: { ...request, command } }
}
