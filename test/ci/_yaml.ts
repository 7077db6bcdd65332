import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
/** The YAML parser that knip brings: no other use here needs one of its own. */
const { parse } = createRequire(import.meta.resolve('knip'))('yaml') as { parse: (text: string) => unknown }

/** @throws {Error} where it is none */
export function parseYaml(text: string): unknown {
  return parse(text)
}

/** The text of a file of the repository, and what it holds. */
export function readYaml<Shape>(path: string): { readonly text: string; readonly document: Shape } {
  const text = readFileSync(join(root, path), 'utf8')
  return { text, document: parse(text) as Shape }
}
