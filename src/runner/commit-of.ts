import { execFileSync } from 'node:child_process'

/**
 * The commit that is checked out in a folder, with `-dirty` where files that git knows differ from it; null outside a
 * repository, before the first commit, or without git.
 */
export function commitOf(folder: string): string | null {
  const head = git(folder, ['rev-parse', '--verify', 'HEAD'])
  if (head === null) return null
  const changes = git(folder, ['status', '--porcelain', '--untracked-files=no'])
  return changes === '' ? head : `${head}-dirty`
}

function git(folder: string, args: readonly string[]): string | null {
  try {
    return execFileSync('git', [...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}
