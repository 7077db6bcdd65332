import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../src/contract/event.ts'
import { Recorder } from '../../src/trace/recorder.ts'

const at = 5
const ofTask = { at, task: 0 } as const
const ofCall = { ...ofTask, call: 1, upstream: 'look_up', kind: 'tool' } as const

/** One event of each type, with something in every field. */
const events: { readonly [Type in TraceEvent['type']]: Extract<TraceEvent, { type: Type }> } = {
  'task.started': { type: 'task.started', ...ofTask, id: 'status', input: 'Where is it?', user: 'ada' },
  'task.cancelled': { type: 'task.cancelled', ...ofTask, id: 'status' },
  'request.sent': {
    type: 'request.sent',
    ...ofCall,
    method: 'GET',
    url: 'https://orders.test/A-1',
    body: '{}',
    logicalCall: 1,
    attempt: 2,
    previous: 0,
    idempotencyKey: 'k-1',
    model: null,
    tool: { name: 'look_up', arguments: { id: 'A-1' } },
  },
  'fault.injected': {
    type: 'fault.injected',
    ...ofCall,
    fault: 0,
    id: 'tool.error',
    demanded: { tool: 'delete', arguments: { id: 7 } },
  },
  'response.head': { type: 'response.head', ...ofCall, status: 200, headers: { 'retry-after': '1' } },
  'response.chunk': { type: 'response.chunk', ...ofCall, chunk: 0, bytes: 12 },
  'response.end': {
    type: 'response.end',
    ...ofCall,
    status: 200,
    class: 'success',
    body: '{"status":"shipped"}',
    model: null,
    partial: null,
    errorCode: null,
  },
  'request.failed': { type: 'request.failed', ...ofCall, cause: 'ECONNRESET', class: 'indeterminate', partial: null },
  'request.aborted': { type: 'request.aborted', ...ofCall, class: 'indeterminate', partial: null },
  'request.refused': { type: 'request.refused', ...ofTask, host: 'evil.test' },
  'effect.applied': {
    type: 'effect.applied',
    ...ofCall,
    effect: { tool: 'issue_refund', key: 'refund:A-1', detail: { amount: 5 } },
  },
  'approval.asked': { type: 'approval.asked', ...ofCall, tool: 'delete', arguments: { id: 7 } },
  'approval.answered': {
    type: 'approval.answered',
    ...ofCall,
    tool: 'delete',
    arguments: { id: 7 },
    decision: 'denied',
  },
  'task.ended': {
    type: 'task.ended',
    ...ofTask,
    id: 'status',
    outcome: { answer: 'Shipped.', stop: 'end_turn', claims: { degraded: false } },
  },
  'task.graded': { type: 'task.graded', ...ofTask, id: 'status', problem: 'no refund' },
  'task.threw': { type: 'task.threw', ...ofTask, id: 'status', thrown: 'TypeError: no' },
  'world.healed': { type: 'world.healed', at },
  'process.killed': { type: 'process.killed', at, tasks: [0], calls: [3] },
  'process.restarted': { type: 'process.restarted', at },
  'process.blocked': { type: 'process.blocked', at, forMs: 500 },
  'clock.jumped': { type: 'clock.jumped', at, byMs: 1_000, offsetMs: 1_000 },
  'timers.late': { type: 'timers.late', at, spanMs: 250, untilMs: 10_000 },
  'world.outside': { type: 'world.outside', ...ofTask, what: 'worker thread' },
  'trial.ended': { type: 'trial.ended', at, how: 'crashed', detail: 'uncaught', leftovers: ['timer ×2'] },
}

/** Fields that say again what others say: read out of the bodies, or the same for every event of one call. */
const derived: Readonly<Partial<Record<TraceEvent['type'], readonly string[]>>> = {
  'request.sent': ['kind', 'previous', 'model', 'tool'],
  'response.end': ['task', 'upstream', 'kind', 'model', 'partial', 'errorCode'],
}

function hashOf(...recorded: readonly TraceEvent[]): string {
  const recorder = new Recorder()
  for (const event of recorded) recorder.record(event)
  return recorder.hash()
}

/** The event with one field changed to something of its own kind. */
function changed(event: TraceEvent, field: string): TraceEvent {
  const value: unknown = Reflect.get(event, field)
  const other =
    typeof value === 'number'
      ? value + 1
      : typeof value === 'string'
        ? `${value}!`
        : Array.isArray(value)
          ? [...value, 'timer ×1']
          : { ...(value as object), more: 1 }
  return { ...event, [field]: other }
}

describe('the hash of a trace', () => {
  const fields = Object.values(events).flatMap((event) =>
    Object.keys(event)
      .filter((field) => field !== 'type' && derived[event.type]?.includes(field) !== true)
      .map((field) => ({ name: `${event.type} ${field}`, event, field })),
  )

  it.each(fields)('depends on $name', ({ event, field }) => {
    const before = events['task.started']
    expect(hashOf(before, changed(event, field))).not.toBe(hashOf(before, event))
  })

  it('is another for each type of event, for another order, and for one event more or less', () => {
    const all = Object.values(events)
    expect(new Set(all.map((event) => hashOf(event))).size).toBe(all.length)
    fc.assert(
      fc.property(fc.nat(all.length - 2), (index) => {
        const swapped = all.with(index, all[index + 1] as TraceEvent).with(index + 1, all[index] as TraceEvent)
        expect(hashOf(...swapped)).not.toBe(hashOf(...all))
        expect(hashOf(...all.toSpliced(index, 1))).not.toBe(hashOf(...all))
      }),
    )
  })

  it('is the same for the same events, whether they are kept or not', () => {
    const all = Object.values(events)
    const keeping = new Recorder({ keep: true })
    for (const event of structuredClone(all)) keeping.record(event)
    expect(keeping.hash()).toBe(hashOf(...all))
    expect(keeping.hash()).toMatch(/^[0-9a-f]{64}$/)
    expect(keeping.events).toEqual(all)
  })

  it('cannot be led astray by bodies that look like events', () => {
    const end = events['response.end']
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        const one = hashOf({ ...end, body: a }, { ...end, body: b })
        const other = hashOf({ ...end, body: c }, { ...end, body: d })
        expect(one === other).toBe(Buffer.from(a).equals(Buffer.from(c)) && Buffer.from(b).equals(Buffer.from(d)))
      }),
    )
    const line = 'response.end 5 1 200 success 0\n\n'
    expect(hashOf({ ...end, body: `\n${line}` })).not.toBe(hashOf({ ...end, body: '' }, { ...end, body: '' }))
  })
})

describe('a recorder', () => {
  it('shows each event to whoever observes, in order, and keeps none unless told to', () => {
    const seen: string[] = []
    const recorder = new Recorder({ observe: ({ type }) => seen.push(type) })
    for (const event of Object.values(events)) recorder.record(event)
    expect(seen).toEqual(Object.keys(events))
    expect(recorder.events).toEqual([])
  })
})
