import type { TraceEvent, TrialEnd } from '../contract/event.ts'
import type { FaultPlan } from '../contract/fault.ts'
import type { PropertyVerdict } from '../contract/property.ts'
import type { Effect, Task } from '../contract/task.ts'
import type { Workload } from '../contract/workload.ts'
import { PlanInjector } from '../faults/plan-injector.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import { drive } from '../simulation/driver.ts'
import { leftovers } from '../simulation/leftovers.ts'
import { dropIdleConnections } from '../simulation/patches/sockets.ts'
import { World } from '../simulation/world.ts'
import { Recorder } from '../trace/recorder.ts'
import { WorldNetwork } from '../wire/world-network.ts'
import { Defects } from './defects.ts'
import { describeThrown } from '../contract/describe-thrown.ts'
import { drawWorkload, trialSeedOf } from './draw-workload.ts'
import { gradeTask } from './grade.ts'
import { TrialProcess } from './agent-process.ts'
import { type WorkloadScope, runWorkload } from './run-workload.ts'
import type { Scenario } from './scenario.ts'
import { TrialNotes } from './trial-notes.ts'
import { watchUncaught } from './uncaught.ts'

/** Which trial to run. */
export interface TrialSpec {
  readonly scenario: Scenario
  /** The scenario's properties, prepared once; absent where nothing is to be judged. */
  readonly judge?: PreparedJudge
  readonly seed: number
  /** Index of the trial; with the seed it decides everything. */
  readonly trial: number
  readonly plan: FaultPlan
  /** Share of tasks that are worded as one of their paraphrases; default none. */
  readonly paraphrased?: number
  /** Keeps the events, to show them. */
  readonly keep?: boolean
  /** Told of each upstream call while the code that makes it is on the stack. */
  readonly onCall?: (call: number) => void
  /** Called at each turn of the real event loop: the watchdog's heartbeat. */
  readonly onTurn?: () => void
}

/** What a trial came to. */
export interface TrialResult {
  /** Hash of the trace: the trial's identity. */
  readonly hash: string
  readonly how: TrialEnd
  /** The verdicts of the properties that apply, by id. */
  readonly verdicts: ReadonlyMap<string, PropertyVerdict>
  /** How often each fault of the plan struck, in the plan's order. */
  readonly deliveries: readonly number[]
  readonly calls: number
  readonly virtualMs: number
  readonly effects: readonly Effect[]
  readonly outside: readonly string[]
  /** Kinds of timers and handles that the agent left behind. */
  readonly leftovers: readonly string[]
  /** The events, where they were kept. */
  readonly events: readonly TraceEvent[]
  /** The tasks of the trial, in the workload's order. */
  readonly tasks: readonly Task[]
  /** The tasks that the workload cancels, whether in time or too late, by their index. */
  readonly cancellations: ReadonlySet<number>
}

const realWaitMs = 10_000
const timersPerCall = 200

/**
 * Runs one trial: one workload in one world under one plan.
 *
 * @throws {ShakedownError} where the scenario itself is at fault, e.g. an exhausted script
 */
export async function runTrial(spec: TrialSpec): Promise<TrialResult> {
  const { scenario, seed, trial, plan } = spec
  const trialSeed = trialSeedOf(scenario, seed, trial)
  const judging = spec.judge?.begin()
  const noted = new TrialNotes()
  const defects = new Defects()
  const recorder = new Recorder({
    keep: spec.keep === true,
    observe(event) {
      noted.note(event)
      try {
        judging?.observe(event)
      } catch (error) {
        // Thrown on, it would reach the agent as an error of the call that it happens to make.
        defects.note(error)
      }
    },
  })
  const { tasks, workload } = drawWorkload(scenario, seed, trial, spec.paraphrased)
  const injector = new PlanInjector(plan, trialSeed, scenario.limits.healAtMs, scenario.secrets)
  const network = new WorldNetwork(scenario.upstreams())
  const world: World = new World(`${trialSeed}/ambient`, network, (what) =>
    recorder.record({ type: 'world.outside', at: world.clock.nowMs, task: -1, what }),
  )
  const { agent: factory, limits } = scenario
  const process = new TrialProcess({ world, recorder, factory, healAtMs: limits.healAtMs, cut: () => network.cut() })
  const { note: onDefect } = defects
  const { onCall } = spec
  network.attach({ world, recorder, interference: injector, seed: trialSeed, tasks, process, onDefect, onCall })
  await runToTheEnd(spec, process, { world, recorder, tasks, workload }, noted, defects)
  const how = endTrial({ world, recorder, tasks, workload }, noted, defects)
  const verdicts = judging?.finishApplicable() ?? new Map<string, PropertyVerdict>()
  return {
    hash: recorder.hash(),
    how,
    verdicts,
    deliveries: injector.deliveries,
    calls: noted.calls,
    virtualMs: world.clock.nowMs,
    effects: noted.effects,
    outside: noted.outside,
    leftovers: noted.leftovers,
    events: recorder.events,
    tasks,
    cancellations: cancellationsOf(workload),
  }
}

/** Drives the trial's world until its tasks have settled or cannot, or one of its limits is reached. */
async function runToTheEnd(
  { scenario, onTurn = () => {} }: TrialSpec,
  process: TrialProcess,
  scope: WorkloadScope,
  noted: TrialNotes,
  defects: Defects,
): Promise<void> {
  const { world, recorder } = scope
  const { healAtMs, virtualMs, calls } = scenario.limits
  let isDone = false
  const stopWatching = watchUncaught(world)
  const healing = scheduleHealing(world, recorder, healAtMs)
  runWorkload(process, scope)
    .catch(defects.note)
    .finally(() => (isDone = true))
    .catch(defects.note)
  await drive(world, () => isDone || noted.calls > calls || defects.isGrave, {
    limits: { virtualMs, timersFired: calls * timersPerCall },
    onTurn,
    realWaitMs,
  })
  stopWatching()
  healing.close()
  if (noted.calls > calls) world.interrupt({ how: 'expired', detail: `more than ${calls} upstream calls` })
}

function cancellationsOf({ arrivals }: Workload): ReadonlySet<number> {
  return new Set(arrivals.flatMap(({ cancelAtMs }, index) => (cancelAtMs === undefined ? [] : [index])))
}

function scheduleHealing(world: World, recorder: Recorder, healAtMs: number): { close(): void } {
  return world.clock.setExactTimer(() => recorder.record({ type: 'world.healed', at: world.clock.nowMs }), healAtMs)
}

function endTrial(
  { world, recorder, tasks }: WorkloadScope,
  noted: TrialNotes,
  { first: defect, isGrave }: Defects,
): TrialEnd {
  const { interruption } = world
  const left = leftovers(world)
  world.close()
  dropIdleConnections()
  if (isGrave) throw defect
  const how = interruption?.how ?? (defect === undefined ? 'finished' : 'crashed')
  const detail =
    interruption?.detail ?? (defect === undefined ? '' : `the agent could not be made: ${describeThrown(defect)}`)
  for (const [index, task] of tasks.entries()) {
    const problem = gradeTask(task, noted.endOf(index))
    recorder.record({ type: 'task.graded', at: world.clock.nowMs, task: index, id: task.id, problem })
  }
  recorder.record({ type: 'trial.ended', at: world.clock.nowMs, how, detail, leftovers: left })
  return how
}
