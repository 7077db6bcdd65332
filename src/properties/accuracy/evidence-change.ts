import type { EventOf, TraceEvent } from '../../contract/event.ts'
import type { Fault } from '../../contract/fault.ts'
import { defineProperty } from '../define-property.ts'
import { inSeconds } from '../virtual-time.ts'
import { declaredAccuracy } from './declared-accuracy.ts'

/** Cuts what every tool answers in half, whichever way it is called. */
const cutEvidence: readonly Fault[] = [
  { id: 'tool.truncated', target: { kind: 'tool', name: '*' }, trigger: { on: 'every', n: 1 }, parameters: {} },
  {
    id: 'mcp.corrupt',
    target: { kind: 'mcp', name: '*' },
    trigger: { on: 'every', n: 1 },
    parameters: { what: 'text' },
  },
]
const cutting: ReadonlySet<string> = new Set(cutEvidence.map(({ id }) => id))

/** A6: worse evidence never makes for a higher declared accuracy. */
export const accuracyEvidenceChange = defineProperty<Record<string, never>>({
  id: 'A6',
  name: 'accuracy.evidence_change',
  kind: 'metamorphic',
  statement:
    'In a second run of the trial in which every answer of a tool is cut in half, no task that was hit declares a higher accuracy than before.',
  applies: 'where the profile declares `accuracy`.',
  outlivesProcess: true,
  start: ({ profile }) => (profile.accuracy === undefined ? null : {}),
  on: {},
  relation: {
    vary: (plan) =>
      plan.faults.some(({ id }) => cutting.has(id)) ? null : { faults: [...cutEvidence, ...plan.faults] },
    compare(original, varied, judge) {
      const before = endsByTask(original.events)
      const struck = struckTasks(varied.events)
      for (const [task, after] of endsByTask(varied.events)) {
        const ended = before.get(task)
        if (!struck.has(task) || ended === undefined) continue
        judge.trigger()
        const [was, is] = [ended, after].map(({ outcome }) => declaredAccuracy(outcome)?.value ?? 0)
        if (was === undefined || is === undefined || is <= was) continue
        judge.violate({
          sentence: `task "${after.id}" declared ${was}, and ${is} at ${inSeconds(after.at)} once its tools' answers were cut in half`,
          at: after.at,
          calls: [],
        })
      }
    },
  },
})

function endsByTask(events: readonly TraceEvent[]): ReadonlyMap<number, EventOf<'task.ended'>> {
  return new Map(events.filter((event) => event.type === 'task.ended').map((event) => [event.task, event]))
}

function struckTasks(events: readonly TraceEvent[]): ReadonlySet<number> {
  return new Set(
    events.flatMap((event) => (event.type === 'fault.injected' && cutting.has(event.id) ? [event.task] : [])),
  )
}
