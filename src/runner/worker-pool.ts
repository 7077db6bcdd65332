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

/** Raised in every job of a pool that is closed: whoever waits for one learns that nobody will do it. */
export class PoolClosed extends Error {
  static {
    this.prototype.name = 'PoolClosed'
  }
  constructor() {
    super('the processes that run trials have been ended')
  }
}

interface Waiting {
  readonly resolve: (worker: WorkerProcess) => void
  readonly reject: (error: PoolClosed) => void
}

/** Worker processes that take jobs in the order in which they are given; a lost process is replaced. */
export class WorkerPool implements Workers {
  readonly #options: OwnOptions
  readonly #size: number
  readonly #scratch = mkdtempSync(join(tmpdir(), 'shakedown-'))
  readonly #idle: WorkerProcess[] = []
  /** Idle or not: an error in one job must not leave the processes of others behind. */
  readonly #all = new Set<WorkerProcess>()
  readonly #waiting: Waiting[] = []
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
      return await this.#runOn(worker, job, request)
    } finally {
      this.#release(worker)
    }
  }

  async runFresh<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']> {
    this.#requireOpen()
    const worker = this.#start()
    try {
      return await this.#runOn(worker, job, request)
    } finally {
      worker.end()
      this.#all.delete(worker)
    }
  }

  /** Ends every process, also in the middle of a job, which then fails as one of a closed pool. */
  close(): void {
    this.#isClosed = true
    for (const { reject } of this.#waiting.splice(0)) reject(new PoolClosed())
    for (const worker of this.#all) worker.end()
    this.#all.clear()
    this.#idle.length = 0
    rmSync(this.#scratch, { recursive: true, force: true })
  }

  async #runOn<Name extends JobName>(
    worker: WorkerProcess,
    job: Name,
    request: Jobs[Name]['request'],
  ): Promise<Jobs[Name]['reply']> {
    try {
      return await worker.run(job, request)
    } catch (error) {
      // Its process is lost because it was ended, which says nothing about the agent.
      this.#requireOpen()
      throw error
    }
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new PoolClosed()
  }

  async #take(): Promise<WorkerProcess> {
    this.#requireOpen()
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#alive < this.#size) {
      this.#alive++
      return this.#start()
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  #release(worker: WorkerProcess): void {
    if (this.#isClosed) return
    if (worker.isEnded) this.#all.delete(worker)
    const next = worker.isEnded ? this.#start() : worker
    const waiting = this.#waiting.shift()
    if (waiting !== undefined) waiting.resolve(next)
    else this.#idle.push(next)
  }

  #start(): WorkerProcess {
    const worker = new WorkerProcess(this.#options, this.#scratch, `worker-${this.#started++}`)
    this.#all.add(worker)
    return worker
  }
}
