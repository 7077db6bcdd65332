import { existsSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { usageError } from '../contract/errors.ts'

/** Where the configuration is, and the folder that everything is relative to. */
export interface ConfigPlace {
  /** Null where there is none: the defaults hold. */
  readonly path: string | null
  readonly root: string
}

const names = ['harness.config.ts', 'harness.config.mts', 'harness.config.js', 'harness.config.mjs']

/**
 * Finds the configuration: the given file, or the nearest one upwards from the current folder.
 *
 * @throws {ShakedownError} of kind `usage` where the given file does not exist
 */
export function findConfig(given: string | undefined, from: string): ConfigPlace {
  if (given !== undefined) {
    const path = resolve(from, given)
    if (!existsSync(path)) {
      throw usageError('NO_CONFIG', `flag --config: there is no file ${path}; give the path of a harness.config.ts.`)
    }
    return { path: realpathSync(path), root: realpathSync(dirname(path)) }
  }
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const name = names.find((candidate) => existsSync(resolve(folder, candidate)))
    if (name !== undefined) return { path: resolve(folder, name), root: folder }
    if (dirname(folder) === folder) return { path: null, root: realpathSync(from) }
  }
}
