import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ShakedownError } from '../contract/errors.ts'
import { quickFolder } from '../wire/stores/store-folder.ts'
import type { JobName, Jobs, ReplyMessage } from './job.ts'
import { siblingModule } from './sibling-module.ts'
import type { WorkerOptions } from './worker-options.ts'

/** Raised where a worker's process ended in the middle of a job. */
export class WorkerLost extends Error {
  static {
    this.prototype.name = 'WorkerLost'
  }
  readonly trial: number
  readonly how: 'blocked' | 'died'
  /** The stack of the blocked code, or how the process ended. */
  readonly explanation: string
  constructor(trial: number, how: 'blocked' | 'died', explanation: string) {
    super(`a process that runs trials was lost (${how}): ${explanation}`)
    this.trial = trial
    this.how = how
    this.explanation = explanation
  }
}

/** What whoever starts a process says of it; where its files are follows from its name. */
export type OwnOptions = Omit<WorkerOptions, 'notePath' | 'stackPath' | 'storesPath'>

const lastWordsLength = 4_000

interface Pending {
  readonly resolve: (reply: unknown) => void
  readonly reject: (error: unknown) => void
}

/** A child process that runs trials; one job at a time. */
export class WorkerProcess {
  readonly #options: WorkerOptions
  readonly #child: ChildProcess
  #pending: Pending | undefined
  #count = 1
  #isEnded = false
  /** The end of what the process wrote to its standard error: agents are noisy, but the last words may explain a loss. */
  #lastWords = ''

  /** @param scratch a folder for the files by which a lost process is explained */
  constructor(options: OwnOptions, scratch: string, name: string) {
    this.#options = {
      ...options,
      notePath: join(scratch, `${name}.trial`),
      stackPath: join(scratch, `${name}.stack`),
      storesPath: join(quickFolder(), `${basename(scratch)}-${name}-stores`),
    }
    this.#child = fork(siblingModule('./worker-main', import.meta.url), [JSON.stringify(this.#options)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Half of a process's start is compiling the same modules again.
      env: { NODE_COMPILE_CACHE: join(tmpdir(), 'shakedown-compile-cache'), ...process.env },
      execArgv: [...process.execArgv, '--disable-warning=ExperimentalWarning'],
    })
    this.#child.stderr?.on(
      'data',
      (data: Buffer) => (this.#lastWords = (this.#lastWords + data.toString()).slice(-lastWordsLength)),
    )
    this.#child.on('message', (message: ReplyMessage) => this.#settle(message))
    this.#child.on('exit', (code, signal) => this.#lose(code, signal))
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /**
   * Runs a job.
   *
   * @throws {ShakedownError} what the worker threw
   * @throws {WorkerLost} where its process ended before it answered
   */
  run<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']> {
    return new Promise<unknown>((resolve, reject) => {
      this.#pending = { resolve, reject }
      if (this.#isEnded) return this.#lose(null, null)
      this.#child.send({ id: this.#count++, job, request })
    }) as Promise<Jobs[Name]['reply']>
  }

  end(): void {
    this.#isEnded = true
    if (this.#child.connected) this.#child.disconnect()
    this.#child.kill()
    this.#clear()
  }

  /** Removes the files of a trial that the process was in the middle of. */
  #clear(): void {
    rmSync(this.#options.storesPath, { recursive: true, force: true })
  }

  #settle(message: ReplyMessage): void {
    const pending = this.#pending
    this.#pending = undefined
    if ('error' in message) {
      const { kind, code, message: text } = message.error
      pending?.reject(new ShakedownError(kind, code, text))
    } else pending?.resolve(message.reply)
  }

  #lose(code: number | null, signal: NodeJS.Signals | null): void {
    this.#isEnded = true
    this.#clear()
    const pending = this.#pending
    this.#pending = undefined
    if (pending === undefined) return
    const { notePath, stackPath } = this.#options
    const trial = existsSync(notePath) ? readTrial(notePath) : 0
    const isBlocked = existsSync(stackPath)
    const stack = isBlocked
      ? readFileSync(stackPath, 'utf8')
      : `exit code ${code}, signal ${signal}\n${this.#lastWords}`
    rmSync(stackPath, { force: true })
    pending.reject(new WorkerLost(trial, isBlocked ? 'blocked' : 'died', stack))
  }
}

function readTrial(path: string): number {
  const bytes = readFileSync(path)
  return bytes.length >= 4 ? bytes.readInt32LE(0) : 0
}
