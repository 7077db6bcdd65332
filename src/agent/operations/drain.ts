import { z } from 'zod'
import { interruptionOf } from '../errors/interruption.ts'
import { parseOptions } from '../errors/parse-options.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { longestTimerMs, waitMs } from '../resilience/resilience-options.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent, TaskOptions } from '../task/agent.ts'
import { turnAway } from '../task/refused-task.ts'
import { endedWithin } from './ended-within.ts'

/** Something that is open as long as tasks may run. */
export interface Resource {
  readonly name: string
  /** Whatever it throws is reported, and stops nothing. */
  readonly close: (options: { readonly signal: AbortSignal }) => Promise<void> | void
}

const drainSchema = z.strictObject({
  /** What is drained, for the claims of tasks that it turns away. */
  name: z.string().min(1).default('the agent'),
  /** Running tasks may take so long to finish by themselves. */
  limitMs: z.int().min(0).max(longestTimerMs).default(30_000),
  /** Cancelled tasks may take so long to end; those that ignore their signal are left to themselves then. */
  cancelMs: z.int().min(0).max(longestTimerMs).default(1_000),
  /** The time to close one resource. */
  closeMs: waitMs.default(5_000),
  /** Closed one after another, the last first: what was opened late may need what was opened early. */
  resources: z
    .array(z.custom<Resource>((value) => typeof value === 'object' && value !== null && 'close' in value))
    .default([]),
})

/** What became of the tasks that were running, and of the resources. */
export interface DrainReport {
  readonly finished: number
  readonly cancelled: number
  /** Tasks that did not end although they were cancelled. */
  readonly abandoned: number
  readonly closed: readonly string[]
  /** Names of resources that failed to close, or took too long. */
  readonly notClosed: readonly string[]
}

interface Running {
  readonly controller: AbortController
  readonly ended: Promise<unknown>
}

/** The way out of service: no new task, the running ones to their end, then the resources. */
export class Drain {
  readonly #settings: z.output<typeof drainSchema>
  readonly #running = new Set<Running>()
  #report: Promise<DrainReport> | null = null

  /** @throws {TypeError} one sentence, where an option is wrong */
  constructor(options: z.input<typeof drainSchema> = {}) {
    this.#settings = parseOptions('drain', drainSchema, options)
  }

  /** Whether new tasks are turned away. */
  get isDraining(): boolean {
    return this.#report !== null
  }

  /** Gives a task to an agent; where it comes too late, it ends without an answer and with the stop `error`. */
  async run(agent: ReferenceAgent, task: AgentTask, given: TaskOptions): Promise<AgentOutcome> {
    const { signal } = given
    if (this.isDraining) return turnAway({ name: this.#settings.name, by: 'drain' }, given)
    const controller = new AbortController()
    const onAbort = (): void => controller.abort(interruptionOf(signal))
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    const ended = (async () => agent(task, { ...given, signal: controller.signal }))()
    const running = { controller, ended }
    this.#running.add(running)
    try {
      return await ended
    } finally {
      this.#running.delete(running)
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** Drains and closes; whoever asks again gets the same report. */
  drain(): Promise<DrainReport> {
    this.#report ??= this.#drain()
    return this.#report
  }

  async #drain(): Promise<DrainReport> {
    const { limitMs, cancelMs } = this.#settings
    const all = [...this.#running]
    await endedWithin(limitMs, this.#ends(all))
    const late = all.filter((task) => this.#running.has(task))
    for (const { controller } of late) controller.abort()
    await endedWithin(cancelMs, this.#ends(late))
    const abandoned = late.filter((task) => this.#running.has(task)).length
    const tasks = { finished: all.length - late.length, cancelled: late.length - abandoned, abandoned }
    return { ...tasks, ...(await this.#close()) }
  }

  #ends(tasks: readonly Running[]): Promise<unknown> {
    return Promise.allSettled(tasks.map(({ ended }) => ended))
  }

  async #close(): Promise<Pick<DrainReport, 'closed' | 'notClosed'>> {
    const closed: string[] = []
    const notClosed: string[] = []
    const never = new AbortController().signal
    for (const { name, close } of this.#settings.resources.toReversed()) {
      try {
        await withDeadline(name, this.#settings.closeMs, never, async (signal) => close({ signal }))
        closed.push(name)
      } catch {
        notClosed.push(name)
      }
    }
    return { closed, notClosed }
  }
}

/** An agent that can be taken out of service. */
export function drainable(agent: ReferenceAgent, drain: Drain): ReferenceAgent {
  return (task, options) => drain.run(agent, task, options)
}
