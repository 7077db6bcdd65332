import childProcess from 'node:child_process'
import workerThreads from 'node:worker_threads'
import { beginInFlight } from '../in-flight.ts'
import { currentContext } from '../world.ts'
import { harnessError } from '../../contract/errors.ts'
import { type PatchSet, resemble } from './patch-set.ts'

/** Thrown out of `process.exit` so that the agent's code goes no further; its trial ends as `exited`. */
export class AgentExit extends Error {
  static {
    this.prototype.name = 'AgentExit'
  }
}

/** Keeps an agent from ending the process, starting others, or hiding work in threads unseen. */
export function patchProcessControl(patches: PatchSet): void {
  for (const name of ['exit', 'reallyExit', 'abort'] as const) {
    const real = Reflect.get(process, name) as ((...args: unknown[]) => unknown) | undefined
    if (real === undefined) continue
    const guarded = (...args: unknown[]): unknown => {
      const world = currentContext()?.world
      if (world === undefined) return real.apply(process, args)
      world.exit(`process.${name}(${args.map(String).join(', ')})`)
      throw new AgentExit(`process.${name} was called`)
    }
    patches.replace(process, name, resemble(guarded, real))
  }
  patchChildProcesses(patches)
  patchWorkerThreads(patches)
}

function patchChildProcesses(patches: PatchSet): void {
  const names = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const
  // `cluster` and others that captured a function early all end at this method.
  const prototype = childProcess.ChildProcess.prototype as unknown as Record<'spawn', (options: unknown) => unknown>
  const realSpawn = prototype.spawn
  function spawn(this: unknown, options: { file?: unknown }): unknown {
    if (currentContext() === undefined) return realSpawn.call(this, options)
    throw refusal('spawn', options.file)
  }
  patches.replace(prototype, 'spawn', resemble(spawn, realSpawn))
  for (const name of names) {
    const real = childProcess[name] as (...args: unknown[]) => unknown
    const refusing = (...args: unknown[]): unknown => {
      if (currentContext() === undefined) return real(...args)
      throw refusal(name, args[0])
    }
    patches.replace(childProcess, name, resemble(refusing, real))
  }
}

function refusal(name: string, file: unknown): Error {
  return harnessError(
    'CHILD_PROCESS',
    `child_process.${name}(${JSON.stringify(String(file))}) was refused: a child process runs outside the simulated world, so give the agent a tool with an HTTP back end instead.`,
  )
}

/** A worker thread runs on real time whatever is done: its messages are waited for, and the trace says so. */
function patchWorkerThreads(patches: PatchSet): void {
  const RealWorker = workerThreads.Worker
  class ReportedWorker extends RealWorker {
    constructor(...args: ConstructorParameters<typeof RealWorker>) {
      super(...args)
      const world = currentContext()?.world
      if (world === undefined) return
      world.onOutside('worker thread')
      holdTimeUntilFirstEvent(this)
    }
  }
  patches.replace(workerThreads, 'Worker', resemble(ReportedWorker, RealWorker))
}

function holdTimeUntilFirstEvent(worker: workerThreads.Worker): void {
  const release = beginInFlight()
  if (release === undefined) return
  for (const event of ['message', 'error', 'exit', 'messageerror'] as const) worker.once(event, release)
}
