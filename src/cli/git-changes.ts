import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { harnessError, usageError } from '../contract/errors.ts'

/** What differs in the working tree from where a branch began. */
export interface GitChanges {
  /** Commit and branch, as they are told: `1a2b3c4 (the merge base with main)`. */
  readonly since: string
  /** Absolute paths that differ, also of files that are gone or new. */
  readonly changed: ReadonlySet<string>
  /** Whether git knows of a file: of another it cannot tell whether it changed. */
  readonly isKnown: (path: string) => boolean
}

/** Branches that others usually begin at, the first that is there. */
const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']

const remedy = 'run without --changed, which runs every scenario'

/**
 * Asks git what has changed since HEAD left a branch, committed or not.
 *
 * @param folder a folder of the repository
 * @param ref a branch, tag or commit; null for the branch that others usually begin at
 * @throws {ShakedownError} of kind `usage` without git or a repository, for an unknown ref, and where no common commit is there
 */
export function gitChanges(folder: string, ref: string | null): GitChanges {
  const top = git(folder, ['rev-parse', '--show-toplevel'])
  if (top === null) {
    throw usageError('NO_GIT', `flag --changed: ${folder} is in no git repository, or git is not there; ${remedy}.`)
  }
  const base = ref ?? usualBases.find((each) => git(top, ['rev-parse', '--verify', '--quiet', each]) !== null)
  if (base === undefined) {
    throw usageError(
      'NO_BASE',
      `flag --changed: none of ${usualBases.join(', ')} is in ${top}; name what to compare with, --changed=<ref>, or fetch it (fetch-depth: 0 for actions/checkout).`,
    )
  }
  const named = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`])
  if (named === null) {
    throw usageError(
      'UNKNOWN_REF',
      `flag --changed: git knows no commit "${base}" in ${top}; fetch it, or write --changed=<ref> with another, also where a filter follows.`,
    )
  }
  const commit = git(top, ['merge-base', 'HEAD', named])
  if (commit === null) {
    throw usageError(
      'NO_MERGE_BASE',
      `flag --changed: HEAD and "${base}" have no commit in common in this clone, which may be a shallow one; fetch the history (fetch-depth: 0 for actions/checkout), or ${remedy}.`,
    )
  }
  const list = (...args: string[]): string[] => {
    const names = git(top, args)
    if (names === null) throw harnessError('GIT', `git ${args.join(' ')} failed in ${top}; ${remedy}.`)
    return names.split('\0').flatMap((name) => (name === '' ? [] : [join(top, name)]))
  }
  const known = new Set(list('ls-files', '-z'))
  return {
    since: `${commit.slice(0, 7)} (the merge base with ${base})`,
    changed: new Set([
      ...list('diff', '--name-only', '--no-renames', '-z', commit),
      ...list('ls-files', '--others', '--exclude-standard', '-z'),
    ]),
    isKnown: (path) => upwards(path).some((each) => known.has(each)),
  }
}

/** A path, and the folders that it is in: a submodule is known and changes as a whole. */
export function upwards(path: string): string[] {
  return dirname(path) === path ? [path] : [path, ...upwards(dirname(path))]
}

/** Null where git fails, or is not there. */
function git(folder: string, args: readonly string[]): string | null {
  try {
    return execFileSync('git', [...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 30,
    }).replace(/\n$/, '')
  } catch {
    return null
  }
}
