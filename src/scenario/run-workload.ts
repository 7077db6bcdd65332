import { describeThrown } from '../contract/describe-thrown.ts'
import { outcomeSchema } from '../contract/outcome.ts'
import type { Agent, Task } from '../contract/task.ts'
import type { Arrival, Workload } from '../contract/workload.ts'
import { type World, runInWorld } from '../simulation/world.ts'
import type { Recorder } from '../trace/recorder.ts'

/** What a workload runs on. */
export interface WorkloadScope {
  readonly world: World
  readonly recorder: Recorder
  /** The tasks in the workload's order. */
  readonly tasks: readonly Task[]
  readonly workload: Workload
}

/** Hands the tasks of a trial to one agent instance at their arrival times, and records how each ended. */
export async function runWorkload(agent: Agent, scope: WorkloadScope): Promise<void> {
  const { order, arrivals } = scope.workload
  const runs = arrivals.map((arrival, index) => taskRun(agent, scope, arrival, index))
  if (order === 'overlap') await Promise.all(runs.map((run) => run()))
  else for (const run of runs) await run()
}

/** A task on its way, with the timer of its cancellation set from the start of the trial. */
function taskRun(agent: Agent, scope: WorkloadScope, arrival: Arrival, index: number): () => Promise<void> {
  const task = scope.tasks[index]
  if (task === undefined) return () => Promise.resolve()
  const { atMs, cancelAtMs } = arrival
  const cancellation = new AbortController()
  let isOver = false
  const cancel = (): void => {
    if (isOver) return
    scope.recorder.record({ type: 'task.cancelled', at: scope.world.clock.nowMs, task: index, id: task.id })
    // Whoever listens does so on behalf of the task.
    void runInWorld(scope.world, index, () => Promise.resolve(cancellation.abort()))
  }
  const timer = cancelAtMs === undefined ? undefined : scope.world.clock.setTimer(cancel, cancelAtMs)
  return async () => {
    await until(scope.world, atMs)
    await runTask(agent, task, index, cancellation.signal, scope)
    isOver = true
    timer?.close()
  }
}

function until({ clock }: World, atMs: number): Promise<void> {
  if (clock.nowMs >= atMs) return Promise.resolve()
  return new Promise((resolve) => clock.setTimer(() => resolve(), atMs - clock.nowMs))
}

async function runTask(
  agent: Agent,
  task: Task,
  index: number,
  signal: AbortSignal,
  { world, recorder }: WorkloadScope,
): Promise<void> {
  const { id, input, user } = task
  recorder.record({ type: 'task.started', at: world.clock.nowMs, task: index, id, input, user: user ?? null })
  const end = await runInWorld(world, index, async () => {
    try {
      return parseOutcome(await agent({ id, input, ...(user === undefined ? {} : { user }) }, { signal }))
    } catch (thrown) {
      return { thrown: `the agent threw ${describeThrown(thrown)}` }
    }
  })
  // A world that was interrupted has its own end; what unwinds afterwards says nothing about the agent.
  if (world.interruption !== undefined || world.isClosed) return
  const position = { at: world.clock.nowMs, task: index, id }
  if ('thrown' in end) recorder.record({ type: 'task.threw', ...position, thrown: end.thrown })
  else recorder.record({ type: 'task.ended', ...position, outcome: end.outcome })
}

function parseOutcome(returned: unknown): { outcome: ReturnType<typeof outcomeSchema.parse> } | { thrown: string } {
  const parsed = outcomeSchema.safeParse(returned)
  if (parsed.success) return { outcome: parsed.data }
  return { thrown: `the agent returned something that is no outcome (${parsed.error.issues[0]?.message ?? 'invalid'})` }
}
