import { existsSync, statSync } from 'node:fs'
import { dirname, join, matchesGlob, relative, resolve, sep } from 'node:path'
import { globSync } from 'tinyglobby'
import type { Config } from '../../runner/config.ts'
import { inputFiles } from '../../runner/modules/inputs.ts'
import { projectFiles } from '../../runner/modules/scenario-modules.ts'

/** Which changes a watch has to look into. */
export interface WatchedFiles {
  /** Absolute paths of folders. */
  readonly folders: ReadonlySet<string>
  /** Whether it may matter that something has happened at a path; what it comes to is seen only by looking. */
  mayMatter(path: string): boolean
}

/** What a project is made of, as far as it is known. */
export interface ProjectFiles {
  readonly root: string
  readonly config: Config
  /** Absolute paths of the modules of the scenarios, and of the configuration with its own. */
  readonly modules: readonly string[]
  /** Absolute paths that a module imports and where there is nothing. */
  readonly missing: readonly string[]
  /** Where the report is written: what happens there is the run's own doing. */
  readonly out: string
}

/** A new file of such a name may be found in the place of another. */
const moduleName = /\.(?:[cm]?[jt]sx?|json)$/

/** Finds out which folders to watch: those of all files that matter, and those in which such a file may appear. */
export function watchedFiles({ root, config, modules, missing, out }: ProjectFiles): WatchedFiles {
  const { inputs = [] } = config
  const declarations = resolve(root, config.declarations)
  const files = [
    ...modules,
    ...inputFiles(root, inputs).map((file) => resolve(root, file)),
    ...projectFiles.flatMap((name) => upwards(root, name)),
  ]
  const isOwn = (path: string): boolean => path === out || [sep, '.'].some((mark) => path.startsWith(out + mark))
  const folders = [
    root,
    ...files.map((file) => dirname(file)),
    ...[...missing, join(declarations, 'any')].map((path) => nearestFolder(dirname(path))),
    ...[...config.scenarios, ...inputs].flatMap((pattern) => foldersOf(root, pattern)),
  ].filter((folder) => !isOwn(folder))
  const known = new Set([...files, ...folders])
  return {
    folders: new Set(folders),
    mayMatter: (path) =>
      !isOwn(path) &&
      (known.has(path) ||
        moduleName.test(path) ||
        [...missing, declarations].some((one) => one.startsWith(path)) ||
        path.startsWith(declarations + sep) ||
        inputs.some((pattern) => matchesGlob(relative(root, path), pattern)) ||
        isFolder(path)),
  }
}

/** Folders in which a file that matches a pattern may appear: whatever matches the pattern up to one of its slashes. */
function foldersOf(root: string, pattern: string): string[] {
  const parts = pattern.split('/').slice(0, -1)
  const ancestors = parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)
  const found = globSync(ancestors, {
    cwd: root,
    absolute: true,
    onlyDirectories: true,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  })
  return [root, ...found.map((folder) => resolve(folder))]
}

function nearestFolder(folder: string): string {
  return isFolder(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}

/** The nearest file of a name, from a folder upwards; none where there is none. */
function upwards(folder: string, name: string): string[] {
  const path = join(folder, name)
  if (existsSync(path)) return [path]
  return dirname(folder) === folder ? [] : upwards(dirname(folder), name)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
