import * as fc from 'fast-check'
import { faults, properties } from 'shakedown'
import type { FaultSource, ScenarioInput, Task, WorkloadInput } from 'shakedown'
import { supportTasks } from '../support/support-tasks.ts'
import { supportWorld } from '../support/support-world.ts'

interface Draw {
  readonly trial: number
  readonly tasks: readonly Task[]
  int(key: string, from: number, to: number): number
}

/** A customer who has gone is served right by nothing more than an end. */
const patientTasks = supportTasks.map((task) => ({
  ...task,
  grade: (graded: Parameters<NonNullable<Task['grade']>>[0]) =>
    graded.outcome.stop === 'cancelled' || (task.grade?.(graded) ?? true),
}))

/** One task a trial; one customer in six loses patience within eight seconds. */
function oneCustomer({ trial, tasks, int }: Draw): WorkloadInput {
  const task = tasks[trial % tasks.length]?.id ?? ''
  return { arrivals: [int('patience', 1, 6) > 1 ? { task } : { task, cancelAtMs: int('gone', 0, 8_000) }] }
}

/** These agents send no keys, show nobody half a reply and say nothing of the error that ended a task. */
const undeclared = ['R7', 'R10']

/** Both bound their calls by themselves and clean up after them. */
const ofTimeouts = ['T1', 'T3', 'T6']

/** Rare among the rate limits, and what the SDKs differ in. */
const mustNotRetry: FaultSource = {
  family: 'rate limits',
  arbitrary: fc.nat({ max: 2 }).map((n) => ({
    id: 'retry-after',
    target: { kind: 'model', name: '*' },
    trigger: { on: 'nth', n: n + 1 },
    parameters: { form: 'should_not_retry' },
  })),
}

/** What both frameworks meet alike. */
export const frameworkDay = {
  tasks: patientTasks,
  upstreams: supportWorld,
  workload: oneCustomer,
} satisfies Partial<ScenarioInput>

/** What is searched with replies that come whole. */
export const frameworkSearch = {
  trials: 800,
  quickTrials: 400,
  faults: faults.swarm(faults.provider.all(), mustNotRetry, faults.tool('*').all()),
  properties: [
    ...properties.loop,
    ...properties.approval,
    ...properties.retry,
    ...properties.effects.atMostOnce,
    ...properties.effects.repeated,
    ...properties.cancelled,
    ...properties.timeout.filter(({ id }) => ofTimeouts.includes(id)),
  ].filter(({ id }) => !undeclared.includes(id)),
} satisfies ScenarioInput['search']

/** What is searched with replies that come in pieces. */
export const streamingSearch = {
  ...frameworkSearch,
  faults: faults.swarm(faults.provider.all(), mustNotRetry, faults.stream.all(), faults.tool('*').all()),
  properties: [...frameworkSearch.properties, ...properties.stream.filter(({ id }) => id !== 'R14')],
} satisfies ScenarioInput['search']
