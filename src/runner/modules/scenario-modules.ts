import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { canonicalJson } from '../../scenario/canonical-json.ts'
import type { GraphModule } from './module-graph.ts'

/** What a scenario is made of, as far as it can be told without running it. */
export interface ScenarioModules {
  /** SHA-256 of everything below, and of the bytes of each file. */
  readonly digest: string
  /** Relative to the configuration, with forward slashes, in order. */
  readonly files: readonly string[]
  /** Files that these import and that are not there, relative likewise. */
  readonly missing: readonly string[]
  /** Names of the variables of the environment that its modules read. */
  readonly variables: readonly string[]
  /** The first module that may read files, and how; null where none can. */
  readonly reads: string | null
  /** Why nobody can tell what it depends on; null where somebody can. */
  readonly unsure: string | null
}

/** Files that say which packages are installed, and how modules are found. */
export const projectFiles = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'tsconfig.json',
] as const

/** The identity of a scenario: its modules, the packages that these import, and what says which are installed. */
export function scenarioModules(root: string, graph: readonly GraphModule[]): ScenarioModules {
  const files = graph.map(({ file }) => file)
  const content = {
    modules: graph.map(({ file, bytes, imports }) => [file, sha256(bytes), imports.map((one) => within(root, one))]),
    packages: graph.flatMap(({ file, imports }) => imports.map((name) => packageOf(root, file, name))).toSorted(),
    project: projectFiles.map((name) => nearest(root, name)),
  }
  const reader = graph.find((module) => module.reads !== null)
  const unsure = graph.find((module) => module.unsure !== null)
  return {
    digest: sha256(canonicalJson(content)),
    files,
    missing: [...new Set(graph.flatMap(({ missing }) => missing))].toSorted(),
    variables: [...new Set(graph.flatMap(({ variables }) => variables))].toSorted(),
    reads: reader === undefined ? null : `${reader.file} ${reader.reads}`,
    unsure: unsure === undefined ? null : `${unsure.file} ${unsure.unsure}`,
  }
}

/** The same for a file that cannot be analysed; whoever loads it will say why. */
export function unknownModules(file: string, path: string): ScenarioModules {
  const digest = existsSync(path) ? sha256(readFileSync(path)) : ''
  return {
    digest,
    files: [file],
    missing: [],
    variables: [],
    reads: null,
    unsure: `the imports of ${file} cannot be followed`,
  }
}

/** Without the folder that the project happens to be in. */
function within(root: string, url: string): string {
  return url.replace(`/@fs${root}`, '').replace(/^\/@fs.*\//, '/@fs/')
}

/** A package that a file imports, with the digest of its package.json; empty for files and parts of Node. */
function packageOf(root: string, file: string, name: string): string {
  if (/^[/.]|^[a-z]+:/.test(name)) return ''
  const own = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
  return `${own} ${upwards(dirname(resolve(root, file)), join('node_modules', own, 'package.json'))}`
}

function nearest(root: string, name: string): string {
  return `${name} ${upwards(root, name)}`
}

/** The digest of the nearest file of that name, upwards from a folder; empty where there is none. */
function upwards(from: string, name: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, name)
    if (existsSync(path)) return sha256(readFileSync(path))
    if (dirname(folder) === folder) return ''
  }
}

function sha256(content: string | Buffer): string {
  return hash('sha256', content, 'hex')
}
