import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/**
 * A folder relative to the git repository that it lies in, with forward slashes: services name files from there.
 *
 * Empty where it is the repository itself, or lies in none.
 */
export function repositoryFolder(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    // A worktree and a submodule have a file in place of the folder.
    if (existsSync(join(above, '.git'))) return relative(above, folder).split(sep).join('/')
    if (dirname(above) === above) return ''
  }
}
