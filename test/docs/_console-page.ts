import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

/** A command that a page shows, with what it says that this prints. */
export interface ShownCommand {
  readonly command: string
  readonly printed: string
}

/** The commands of a page's console blocks, in order. */
export function shownCommands(page: string): ShownCommand[] {
  const blocks = [...page.matchAll(/```console\n(.*?)```/gs)].map(([, block = '']) => block)
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const end = text.indexOf('\n')
        return { command: text.slice(0, end), printed: text.slice(end + 1) }
      }),
  )
}

/** What differs from day to day and from clone to clone, taken out of a text. */
export function everyDay(text: string): string {
  return text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, '<day>').replaceAll(/(?<=commit\s)[0-9a-f]{12}(?=,)/g, '<commit>')
}

/** What a page shows of an output, as an expression that the whole output matches: a line of `…` stands for any lines. */
export function asShown(printed: string): RegExp {
  const pieces = everyDay(printed)
    .trimEnd()
    .split(/^ *…$\n?/m)
    .map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${pieces.join('(?:.*\\n)*')}\\s*$`)
}

/**
 * Runs commands as a reader types them, with `npx shakedown` from source.
 *
 * @returns what each prints: its last words where it fails, and its output; progress is left out
 */
export function typist(folder: string): (command: string) => string {
  const bin = join(folder, 'node_modules/.own-bin')
  mkdirSync(bin, { recursive: true })
  const npx = join(bin, 'npx')
  writeFileSync(npx, `#!/bin/sh\nshift\nexec ${[process.execPath, ...flags, main].map(quoted).join(' ')} "$@"\n`)
  chmodSync(npx, 0o755)
  const { NODE_OPTIONS: _options, NODE_ENV: _environment, ...inherited } = process.env
  const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' }
  const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' }
  const env = { ...inherited, ...author, ...committer, NO_COLOR: '1', PATH: `${bin}:${inherited['PATH'] ?? ''}` }
  return (command) => {
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' })
    const lastWords = stderr.split('\n').filter((line) => line.startsWith('shakedown: '))
    return lastWords.map((line) => `${line}\n`).join('') + stdout
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
