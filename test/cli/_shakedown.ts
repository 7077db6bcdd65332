import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Results } from 'shakedown'
import { readResults } from '../../src/results/read-results.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a finished process left. */
export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Runs in this Node instead of the one that runs the tests. */
  readonly node?: string
  /** No file may grow beyond it. */
  readonly fileSizeLimitKb?: number
}

/** Runs the command line as `npm run shakedown -- …` does, from source, in a process of its own. */
export function shakedown(args: readonly string[], options: RunOptions = {}): Finished {
  const { cwd = root, env = {}, node = process.execPath, fileSizeLimitKb } = options
  const main = join(root, 'src/cli/main.ts')
  const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
  const { NODE_OPTIONS: _options, NODE_ENV: _environment, ...inherited } = process.env
  // Other test files run beside this one: a second process per run would only wait for a core.
  const [name = '', ...rest] = args
  const whole = name === 'run' && !rest.includes('--workers') ? [name, '--workers', '1', ...rest] : args
  const command = [node, ...flags, main, ...whole]
  const limited = ['bash', '-c', `ulimit -f ${fileSizeLimitKb}; exec "$@"`, 'bash', ...command]
  const [program = node, ...words] = fileSizeLimitKb === undefined ? command : limited
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { exitCode: status, stdout, stderr }
}

/** The configuration of a folder of fixtures. */
export function fixture(folder: string): string {
  return join(root, 'test/fixtures', folder, 'harness.config.ts')
}

/** A folder that is removed with its owner: `using folder = scratchFolder()`. */
export function scratchFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'shakedown-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The results that a run wrote into a folder. */
export function resultsIn(folder: string): Results {
  const path = join(folder, 'results.json')
  return readResults(readFileSync(path, 'utf8'), path)
}
