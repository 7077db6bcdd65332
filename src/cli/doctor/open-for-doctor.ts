import { relative } from 'node:path'
import { ShakedownError } from '../../contract/errors.ts'
import { type Check, checking } from '../../results/doctor/check.ts'
import { type Project, openProject } from '../open-project.ts'

/** A project, or why it cannot be opened. */
export interface OpenedProject {
  readonly check: Check
  /** Null where its configuration cannot be read. */
  readonly project: Project | null
}

/**
 * Opens a project, and says which configuration it has.
 *
 * @throws {ShakedownError} of kind `usage` where the configuration that was given is not there
 */
export async function openForDoctor(config: string | undefined, workers: number): Promise<OpenedProject> {
  const what = 'configuration'
  try {
    const project = await openProject({ config, workers })
    const { path, root } = project
    if (path === null) return { check: checking(what).ok(`there is none in ${root} or above: defaults hold`), project }
    return { check: checking(what, relative(process.cwd(), path)).ok('it is read'), project }
  } catch (error) {
    // A flag that is wrong is not the project's.
    if (!ShakedownError.is(error) || error.code === 'SHAKEDOWN_NO_CONFIG') throw error
    return { check: checking(what).failed(error), project: null }
  }
}
