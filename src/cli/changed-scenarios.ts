import { join, matchesGlob, relative, resolve, sep } from 'node:path'
import { quantity } from '../results/quantity.ts'
import { inputFiles } from '../runner/modules/inputs.ts'
import { projectFiles } from '../runner/modules/scenario-modules.ts'
import type { Choice } from './choice.ts'
import { type GitChanges, gitChanges, upwards } from './git-changes.ts'
import type { Project } from './open-project.ts'

/** Shakedown's own code: what it is made of may lie in the same repository. */
const harness = resolve(import.meta.dirname, '..')

/**
 * Chooses the scenarios that something has changed for: a file that they are made of, what says which packages are
 * installed, the configuration, an input, a published declaration, or Shakedown itself.
 *
 * In doubt a scenario counts as changed: one that runs for nothing costs time, one that was wrongly left out costs trust.
 *
 * @param files scenario files, relative to the configuration
 * @param ref what to compare with; null for the branch that others usually begin at
 * @throws {ShakedownError} of kind `usage` where git cannot tell
 */
export async function chooseChanged(project: Project, files: readonly string[], ref: string | null): Promise<Choice> {
  const changes = gitChanges(project.root, ref)
  const shared = await changedForAll(project, changes)
  const reasons = new Map<string, string>()
  // One after another, in the process that has loaded what they have in common.
  for (const file of files) {
    const reason = shared ?? (await whyChanged(project, file, changes))
    if (reason !== null) reasons.set(file, reason)
  }
  const of = quantity(files.length, 'scenario file')
  const told =
    reasons.size === 0
      ? [`Nothing to run: nothing that ${of} depend on has changed since ${changes.since}.`]
      : [
          `Running ${reasons.size} of ${of}, for what has changed since ${changes.since}:`,
          ...[...reasons].map(([file, reason]) => `  ${file}: ${reason}`),
        ]
  return { files: [...reasons.keys()], why: 'unchanged', told }
}

/** What has changed for one scenario, as the end of a sentence about it; null where that is nothing. */
async function whyChanged(project: Project, file: string, changes: GitChanges): Promise<string | null> {
  const { root, config, pool } = project
  const modules = await pool.run('modules', { path: join(root, file), file })
  const changed = modules.files.find((each) => hasChanged(resolve(root, each), changes))
  if (changed !== undefined) return `${changed} has changed`
  const [missing] = modules.missing
  if (missing !== undefined) return `${missing} is imported and is not there`
  const unknown = modules.files.find((each) => !isTold(resolve(root, each), changes))
  if (unknown !== undefined) return `git does not follow ${unknown}`
  if (modules.unsure !== null) return modules.unsure
  const reads = config.inputs === undefined ? modules.reads : null
  return reads === null ? null : `${reads}, and the configuration names no inputs`
}

/** What has changed for all scenarios alike. */
async function changedForAll(project: Project, changes: GitChanges): Promise<string | null> {
  const { root, path, config, pool } = project
  const inside = (folder: string) => (each: string) => each.startsWith(folder + sep)
  const all = [...changes.changed]
  const own = path === null ? [] : (await pool.run('modules', { path, file: nameOf(root, path) })).files
  const inputs = config.inputs ?? []
  const found =
    own.map((file) => resolve(root, file)).find((file) => hasChanged(file, changes)) ??
    projectFiles
      .flatMap((name) => upwards(root).map((folder) => join(folder, name)))
      .find((file) => changes.changed.has(file)) ??
    inputFiles(root, inputs)
      .map((file) => resolve(root, file))
      .find((file) => hasChanged(file, changes) || !isTold(file, changes)) ??
    // Of an input that is gone, the pattern alone can tell.
    all.find((file) => inputs.some((pattern) => matchesGlob(relative(root, file), pattern))) ??
    all.find(inside(resolve(root, config.declarations))) ??
    (harness.includes(`${sep}node_modules${sep}`) ? undefined : all.find(inside(harness)))
  return found === undefined ? null : `${nameOf(root, found)} has changed, on which every scenario depends`
}

function hasChanged(path: string, { changed }: GitChanges): boolean {
  return upwards(path).some((each) => changed.has(each))
}

/** Whether git can tell that a file is as it was; installed packages are told by the lock file. */
function isTold(path: string, { isKnown }: GitChanges): boolean {
  return path.includes(`${sep}node_modules${sep}`) || isKnown(path)
}

function nameOf(root: string, path: string): string {
  return relative(root, path).split(sep).join('/')
}
