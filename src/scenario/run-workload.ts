import { describeThrown } from '../contract/describe-thrown.ts'
import { type Outcome, outcomeSchema } from '../contract/outcome.ts'
import type { Agent, Task } from '../contract/task.ts'
import type { Workload } from '../contract/workload.ts'
import { type World, runInWorld } from '../simulation/world.ts'
import type { Recorder } from '../trace/recorder.ts'
import { type TrialProcess, killed } from './agent-process.ts'

/** What a workload runs on. */
export interface WorkloadScope {
  readonly world: World
  readonly recorder: Recorder
  /** The tasks in the workload's order. */
  readonly tasks: readonly Task[]
  readonly workload: Workload
}

/**
 * Hands the tasks of a trial to the agent at their arrival times, and records how each ended.
 *
 * A task that was begun when the process of the agent was killed is handed to the next instance, once that is there;
 * one that had been cancelled by then is wanted by nobody any more.
 */
export async function runWorkload(process: TrialProcess, scope: WorkloadScope): Promise<void> {
  const { order, arrivals } = scope.workload
  await process.agent
  const runs = arrivals.flatMap((arrival, index) => {
    const task = scope.tasks[index]
    return task === undefined ? [] : new TaskRun(process, scope, { ...arrival, task, index })
  })
  if (order === 'overlap') await Promise.all(runs.map((run) => run.toItsEnd()))
  else for (const run of runs) await run.toItsEnd()
}

interface TaskArrival {
  readonly task: Task
  readonly index: number
  readonly atMs: number
  readonly cancelAtMs?: number | undefined
}

type TaskEnd = { readonly outcome: Outcome } | { readonly thrown: string }

/** A task on its way, with the timer of its cancellation set from the start of the trial. */
class TaskRun {
  readonly #process: TrialProcess
  readonly #scope: WorkloadScope
  readonly #arrival: TaskArrival
  readonly #timer: { close(): void } | undefined
  #cancellation = new AbortController()
  #isCancelled = false
  #isOver = false

  constructor(process: TrialProcess, scope: WorkloadScope, arrival: TaskArrival) {
    this.#process = process
    this.#scope = scope
    this.#arrival = arrival
    const { cancelAtMs } = arrival
    if (cancelAtMs !== undefined) this.#timer = scope.world.clock.setExactTimer(this.#cancel, cancelAtMs)
  }

  async toItsEnd(): Promise<void> {
    await until(this.#scope.world, this.#arrival.atMs)
    const agent = await this.#process.agent
    let end = await this.#attempt(agent, false)
    while (end === killed && !this.#isCancelled) {
      const next = await this.#process.agent
      // It may have been cancelled while nobody was there to hear of it.
      if (!this.#isCancelled) end = await this.#attempt(next, true)
    }
    this.#isOver = true
    this.#timer?.close()
    if (end !== killed) this.#record(end)
  }

  #attempt(agent: Agent, isResumed: boolean): Promise<TaskEnd | typeof killed> {
    const { world, recorder } = this.#scope
    const { index, task } = this.#arrival
    const { id, input, user } = task
    const resumed = isResumed ? { resumed: true as const } : {}
    if (isResumed) this.#cancellation = new AbortController()
    const { signal } = this.#cancellation
    recorder.record({
      type: 'task.started',
      at: world.clock.nowMs,
      task: index,
      id,
      input,
      user: user ?? null,
      ...resumed,
    })
    return this.#process.do(index, this.#cancelFor, async () => {
      try {
        return parseOutcome(await agent({ id, input, ...(user === undefined ? {} : { user }) }, { signal, ...resumed }))
      } catch (thrown) {
        return { thrown: `the agent threw ${describeThrown(thrown)}` }
      }
    })
  }

  readonly #cancel = (): void => this.#cancelFor(() => {})

  readonly #cancelFor = (strike: () => void): void => {
    if (this.#isOver || this.#isCancelled) return
    this.#isCancelled = true
    strike()
    const { world, recorder } = this.#scope
    const { index, task } = this.#arrival
    recorder.record({ type: 'task.cancelled', at: world.clock.nowMs, task: index, id: task.id })
    // Whoever listens does so on behalf of the task.
    void runInWorld(world, index, () => Promise.resolve(this.#cancellation.abort()))
  }

  #record(end: TaskEnd): void {
    const { world, recorder } = this.#scope
    // A world that was interrupted has its own end; what unwinds afterwards says nothing about the agent.
    if (world.interruption !== undefined || world.isClosed) return
    const position = { at: world.clock.nowMs, task: this.#arrival.index, id: this.#arrival.task.id }
    if ('thrown' in end) recorder.record({ type: 'task.threw', ...position, thrown: end.thrown })
    else recorder.record({ type: 'task.ended', ...position, outcome: end.outcome })
  }
}

function until({ clock }: World, atMs: number): Promise<void> {
  if (clock.nowMs >= atMs) return Promise.resolve()
  return new Promise((resolve) => clock.setExactTimer(() => resolve(), atMs - clock.nowMs))
}

function parseOutcome(returned: unknown): TaskEnd {
  const parsed = outcomeSchema.safeParse(returned)
  if (parsed.success) return { outcome: parsed.data }
  return { thrown: `the agent returned something that is no outcome (${parsed.error.issues[0]?.message ?? 'invalid'})` }
}
