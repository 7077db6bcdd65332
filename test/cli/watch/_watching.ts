import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import { fixture, scratchFolder } from '../_shakedown.ts'

const main = join(import.meta.dirname, '../../../src/cli/main.ts')

/** The command line, for a process and for a shell. */
export const program = [
  process.execPath,
  '--conditions=shakedown-source',
  '--disable-warning=ExperimentalWarning',
  main,
] as const

/** A copy of the project that is watched, which is removed with its owner. */
export function watchedProject(): Disposable & { readonly path: string } {
  const folder = scratchFolder()
  const path = realpathSync(folder.path)
  cpSync(dirname(fixture('watched')), path, { recursive: true })
  return { path, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

/** The environment of a person: neither CI nor an AI agent. */
export function ofAPerson(): NodeJS.ProcessEnv {
  const { CI: _ci, NODE_ENV: _environment, FORCE_COLOR: _forced, ...inherited } = process.env
  return { ...inherited, NO_COLOR: '1' }
}

/** A process under watch, and all that it has said so far. */
export interface Watching extends AsyncDisposable {
  readonly child: ChildProcess
  /** Everything it has said, without control codes. */
  said(): string
  /** What it says until a text has come, from where the last one ended. */
  until(text: string): Promise<string>
}

/** Listens to a process; it is killed with its owner. */
export function listenTo(child: ChildProcess): Watching {
  let said = ''
  let heard = 0
  let told = Promise.withResolvers<void>()
  const hear = (data: Buffer): void => {
    said += stripVTControlCharacters(data.toString()).replaceAll('\r', '')
    told.resolve()
    told = Promise.withResolvers()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  // One that does not say what it should is waited for no longer than its test.
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close').then(() => told.resolve())
  return {
    child,
    said: () => said,
    async until(text) {
      for (;;) {
        const place = said.indexOf(text, heard)
        if (place >= 0) {
          const passage = said.slice(heard, place + text.length)
          heard = place + text.length
          return passage
        }
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended before "${text}": ${said}`)
        await told.promise
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

/** Starts `shakedown run --watch` in a folder, without a terminal. */
export function watch(folder: string, ...args: string[]): Watching {
  const [node, ...rest] = program
  return listenTo(
    spawn(node, [...rest, 'run', '--watch', ...args], {
      cwd: folder,
      env: ofAPerson(),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}
