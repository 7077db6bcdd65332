// Names every file of the sources that is longer than a reader should be asked to hold: templates and styles included.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, resolve } from 'node:path'
import process from 'node:process'

/** Blank lines and comments included. */
const maxLines = 300
/** What people read and edit; data files may be long. */
const read = new Set(['.ts', '.mjs', '.js', '.css', '.hbs', '.html'])
const folders = ['src', 'tools', 'bin', 'bench', 'scenarios', 'examples']

const root = resolve(import.meta.dirname, '..')
const named = process.argv.slice(2)
const found = (named.length > 0 ? named : folders.map((name) => join(root, name))).filter(existsSync).flatMap(longFiles)
for (const { path, lines } of found) {
  const place = relative(process.cwd(), path)
  process.stderr.write(`${place} has ${lines} lines and at most ${maxLines} are allowed: split it.\n`)
}
process.exitCode = found.length > 0 ? 1 : 0

function longFiles(folder) {
  return filesBelow(folder)
    .map((path) => ({ path, lines: readFileSync(path, 'utf8').replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > maxLines)
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path)
      return read.has(extname(entry.name)) ? [path] : []
    })
}
