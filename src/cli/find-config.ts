import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { usageError } from '../contract/errors.ts'

/** Where the configuration is, and the folder that everything is relative to. */
export interface ConfigPlace {
  /** Null where there is none: the defaults hold. */
  readonly path: string | null
  readonly root: string
}

/** Names under which a configuration is found without being asked for. */
const names = ['harness.config.ts', 'harness.config.mts', 'harness.config.js', 'harness.config.mjs']

/**
 * Finds the configuration: the given file, that of the given folder, or the nearest one upwards from the current folder.
 *
 * @throws {ShakedownError} of kind `usage` where the given file does not exist, or the given folder has none
 */
export function findConfig(given: string | undefined, from: string): ConfigPlace {
  if (given !== undefined) {
    const path = fileOf(resolve(from, given))
    return { path: realpathSync(path), root: realpathSync(dirname(path)) }
  }
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const path = configIn(folder)
    if (path !== undefined) return { path, root: folder }
    if (dirname(folder) === folder) return { path: null, root: realpathSync(from) }
  }
}

/** What `--config` means: a folder stands for the configuration in it. */
function fileOf(place: string): string {
  if (!existsSync(place)) {
    throw usageError('NO_CONFIG', `flag --config: there is no file ${place}; give the path of a harness.config.ts.`)
  }
  if (!statSync(place).isDirectory()) return place
  const path = configIn(place)
  if (path !== undefined) return path
  throw usageError(
    'NO_CONFIG',
    `flag --config: the folder ${place} has no harness.config.ts; give the path of a configuration file, or of a folder that has one.`,
  )
}

function configIn(folder: string): string | undefined {
  return names.map((name) => resolve(folder, name)).find((path) => existsSync(path))
}

/** How the configuration is named in its own folder; null where it is found there without being named. */
export function configOfFolder({ path, root }: ConfigPlace): string | null {
  return path === null || configIn(root) === path ? null : basename(path)
}

/**
 * How a replay token names the configuration: from the nearest folder with a `package.json`, with forward slashes, so
 * that the token works in the whole project and the same files give the same token; null where it is found by its name.
 */
export function configOfToken({ path, root }: ConfigPlace): string | null {
  if (path === null || names.includes(basename(path))) return null
  const project = foldersUpwards(root).find((folder) => existsSync(resolve(folder, 'package.json'))) ?? root
  return relative(project, path).split(sep).join('/')
}

/**
 * Finds the configuration that a replay token names, in the current folder or the nearest one above that has it.
 *
 * @throws {ShakedownError} of kind `usage` where there is none
 */
export function findTokenConfig(named: string, from: string): string {
  const found = foldersUpwards(realpathSync(from))
    .map((folder) => resolve(folder, named))
    .find((path) => existsSync(path))
  if (found !== undefined) return found
  throw usageError(
    'REPLAY_CONFIG',
    `the token speaks of the configuration ${named}, which is neither in ${from} nor above it; run it in the project it comes from, or give --config.`,
  )
}

function foldersUpwards(from: string): string[] {
  const above = dirname(from)
  return above === from ? [from] : [from, ...foldersUpwards(above)]
}
