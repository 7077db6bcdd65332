import { resolve } from 'node:path'
import type { NotRun } from '../results/not-run/not-run-schema.ts'
import { addressOf } from '../runner/scenario-address.ts'
import { chooseChanged } from './changed-scenarios.ts'
import { chooseFailed } from './failed-scenarios.ts'
import type { Choice } from './choice.ts'
import { findScenarios } from './find-scenarios.ts'
import type { RunFlags } from './flags.ts'
import type { Project } from './open-project.ts'

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
  project: Project,
  filters: readonly string[],
  flags: RunFlags,
  folder: string,
): Promise<ChosenScenarios> {
  const { root, config } = project
  const found = await findScenarios(root, config.scenarios, filters)
  const seed = flags.seed ?? config.seed
  let files: readonly string[] = found.map((path) => addressOf({ root, seed, config }, path).file)
  const leftOut: NotRun['scenarios'] = []
  const told: string[] = []
  const keep = (choice: Choice): void => {
    const kept = new Set(choice.files)
    leftOut.push(...files.filter((file) => !kept.has(file)).map((file) => ({ file, why: choice.why })))
    told.push(...choice.told)
    files = choice.files
  }
  const { lastFailed, changed } = flags
  if (lastFailed !== undefined) keep(chooseFailed(files, { flag: lastFailed, folder, seed }))
  if (changed !== undefined && files.length > 0) {
    keep(await chooseChanged(project, files, changed === true ? null : changed))
  }
  return { files: files.map((file) => resolve(root, file)), leftOut, told }
}
