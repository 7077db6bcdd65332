import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a finished process left. */
export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs Node from the repository's root in a process of its own, while other tests go on. */
export function runNode(args: readonly string[]): Promise<Finished> {
  const { NODE_OPTIONS: _options, NODE_ENV: _environment, ...inherited } = process.env
  const { promise, resolve } = Promise.withResolvers<Finished>()
  const child = execFile(
    process.execPath,
    [...args],
    { cwd: root, env: { ...inherited, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 },
    (_error, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
  )
  return promise
}

const fromSource = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning', 'src/cli/main.ts']

/** Runs `npx shakedown replay …` as a page prints it, from source. */
export function replay(words: readonly string[]): Promise<Finished> {
  return runNode([...fromSource, ...words])
}
