import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

/** A command that runs until it is told to end, in a process of its own, with the lines it has printed. */
export interface RunningProgram extends AsyncDisposable {
  readonly child: ChildProcess
  readonly stderr: () => string
  line(): Promise<string>
}

/** Starts `shakedown` with these arguments; it is killed with its owner. */
export function startProgram(...args: string[]): RunningProgram {
  const child = spawn(process.execPath, [...flags, main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  return {
    child,
    stderr: () => stderr,
    line: async () => String((await lines.next()).value),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
