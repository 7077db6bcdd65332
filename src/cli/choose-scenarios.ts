import { resolve } from 'node:path'
import type { NotRun } from '../results/not-run/not-run-schema.ts'
import { addressOf } from '../runner/scenario-address.ts'
import { chooseFailed } from './failed-scenarios.ts'
import { findScenarios } from './find-scenarios.ts'
import type { RunFlags } from './flags.ts'
import type { Project } from './open-project.ts'

/** Which of some scenario files a flag lets through. */
export interface Choice {
  /** Relative to the configuration. */
  readonly files: readonly string[]
  /** Why the others are left out. */
  readonly why: NotRun['scenarios'][number]['why']
  /** What somebody who waits for the run is told, a sentence each. */
  readonly told: readonly string[]
}

/** The scenarios of a run. */
export interface ChosenScenarios {
  /** Absolute paths; none where the flags let none through. */
  readonly files: readonly string[]
  readonly leftOut: NotRun['scenarios']
  readonly told: readonly string[]
}

/**
 * Finds the scenario files of a run, and leaves out what its flags leave out.
 *
 * @param folder the report folder
 * @throws {ShakedownError} of kind `usage` where no file matches, or there is nothing to choose by
 */
export async function chooseScenarios(
  { root, config }: Project,
  filters: readonly string[],
  flags: RunFlags,
  folder: string,
): Promise<ChosenScenarios> {
  const found = await findScenarios(root, config.scenarios, filters)
  const seed = flags.seed ?? config.seed
  const files = found.map((path) => addressOf({ root, seed, config }, path).file)
  if (flags.lastFailed === undefined) return { files: found, leftOut: [], told: [] }
  const choice = chooseFailed(files, { flag: flags.lastFailed, folder, seed })
  const kept = new Set(choice.files)
  return {
    files: choice.files.map((file) => resolve(root, file)),
    leftOut: files.filter((file) => !kept.has(file)).map((file) => ({ file, why: choice.why })),
    told: choice.told,
  }
}
