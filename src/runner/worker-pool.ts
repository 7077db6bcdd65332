import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobName, Jobs } from './job.ts'
import { type OwnOptions, WorkerProcess } from './worker-process.ts'

/** Whoever has jobs done. */
export interface Workers {
  /**
   * Runs a job.
   *
   * @throws {ShakedownError} what the job threw
   * @throws {WorkerLost} where its process ended before it answered
   */
  run<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']>
  /** Runs a job in a process that has never run anything else. */
  runFresh<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']>
}

/** Worker processes that take jobs in the order in which they are given; a lost process is replaced. */
export class WorkerPool implements Workers {
  readonly #options: OwnOptions
  readonly #size: number
  readonly #scratch = mkdtempSync(join(tmpdir(), 'shakedown-'))
  readonly #idle: WorkerProcess[] = []
  /** Idle or not: an error in one job must not leave the processes of others behind. */
  readonly #all = new Set<WorkerProcess>()
  readonly #waiting: ((worker: WorkerProcess) => void)[] = []
  #started = 0
  #alive = 0
  #isClosed = false

  /** @param size processes at most; each is started when it is first needed */
  constructor(options: OwnOptions, size: number) {
    this.#options = options
    this.#size = size
  }

  /** On the next free process. */
  async run<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']> {
    const worker = await this.#take()
    try {
      return await worker.run(job, request)
    } finally {
      this.#release(worker)
    }
  }

  async runFresh<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']> {
    const worker = this.#start()
    try {
      return await worker.run(job, request)
    } finally {
      worker.end()
      this.#all.delete(worker)
    }
  }

  /** Ends every process, also in the middle of a job. */
  close(): void {
    this.#isClosed = true
    for (const worker of this.#all) worker.end()
    this.#all.clear()
    this.#idle.length = 0
    rmSync(this.#scratch, { recursive: true, force: true })
  }

  #take(): Promise<WorkerProcess> {
    const idle = this.#idle.pop()
    if (idle !== undefined) return Promise.resolve(idle)
    if (this.#alive < this.#size) {
      this.#alive++
      return Promise.resolve(this.#start())
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(worker: WorkerProcess): void {
    if (this.#isClosed) return
    if (worker.isEnded) this.#all.delete(worker)
    const next = worker.isEnded ? this.#start() : worker
    const waiting = this.#waiting.shift()
    if (waiting !== undefined) waiting(next)
    else this.#idle.push(next)
  }

  #start(): WorkerProcess {
    const worker = new WorkerProcess(this.#options, this.#scratch, `worker-${this.#started++}`)
    this.#all.add(worker)
    return worker
  }
}
