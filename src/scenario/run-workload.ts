import { outcomeSchema } from '../contract/outcome.ts'
import type { Agent, Task } from '../contract/task.ts'
import type { Workload } from '../contract/workload.ts'
import { type World, runInWorld } from '../simulation/world.ts'
import type { Recorder } from '../trace/recorder.ts'
import { describeThrown } from '../contract/describe-thrown.ts'

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
  const { workload, tasks } = scope
  const arrivals = workload.arrivals.map(({ atMs }, index) => ({ atMs, index }))
  if (workload.order === 'overlap') {
    await Promise.all(
      arrivals.map(async ({ atMs, index }) => {
        await until(scope.world, atMs)
        await runTask(agent, tasks[index], index, scope)
      }),
    )
    return
  }
  for (const { atMs, index } of arrivals) {
    await until(scope.world, atMs)
    await runTask(agent, tasks[index], index, scope)
  }
}

function until({ clock }: World, atMs: number): Promise<void> {
  if (clock.nowMs >= atMs) return Promise.resolve()
  return new Promise((resolve) => clock.setTimer(() => resolve(), atMs - clock.nowMs))
}

async function runTask(agent: Agent, task: Task | undefined, index: number, scope: WorkloadScope): Promise<void> {
  if (task === undefined) return
  const { world, recorder } = scope
  const { id, input } = task
  recorder.record({ type: 'task.started', at: world.clock.nowMs, task: index, id })
  const end = await runInWorld(world, index, async () => {
    try {
      const signal = new AbortController().signal
      return parseOutcome(await agent({ id, input }, { signal }))
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
