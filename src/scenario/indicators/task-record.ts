import type {
  EffectApplied,
  EventOf,
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
  TraceEvent,
} from '../../contract/event.ts'
import type { Outcome } from '../../contract/outcome.ts'
import { isToolCall } from '../../contract/tool-call.ts'

/** How a call ended. */
export type CallEnd = ResponseEnd | RequestFailed | RequestAborted

/** A call of a task, with how it ended; null where it never did. */
export interface RecordedCall {
  readonly sent: RequestSent
  end: CallEnd | null
}

/** What the trace has of one task. */
export interface TaskRecord {
  input: string
  user: string | null
  /** Calls of models in the order in which they were sent. */
  readonly modelCalls: RecordedCall[]
  /** What tools answered, whole. */
  readonly toolAnswers: string[]
  /** Effects of its calls. */
  readonly effects: EffectApplied[]
  /** Keys of all effects of the trial that were applied by its end. */
  appliedByEnd: ReadonlySet<string>
  outcome: Outcome | null
  hasThrown: boolean
}

/** Reads from the trace what belongs to each task. */
export function taskRecords(tasks: number, events: readonly TraceEvent[]): TaskRecord[] {
  const records = Array.from({ length: tasks }, newRecord)
  const calls = new Map<number, RecordedCall>()
  const applied = new Set<string>()
  for (const event of events) {
    if (event.type === 'effect.applied') applied.add(event.effect.key)
    const record = 'task' in event ? records[event.task] : undefined
    if (record !== undefined) note(record, event, calls, applied)
  }
  return records
}

function newRecord(): TaskRecord {
  return {
    ...{ input: '', user: null, modelCalls: [], toolAnswers: [], effects: [] },
    ...{ appliedByEnd: new Set(), outcome: null, hasThrown: false },
  }
}

function note(
  record: TaskRecord,
  event: TraceEvent,
  calls: Map<number, RecordedCall>,
  applied: ReadonlySet<string>,
): void {
  switch (event.type) {
    case 'task.started':
      record.input = event.input
      record.user = event.user
      return
    case 'request.sent':
      noteSent(record, event, calls)
      return
    case 'response.end':
      endOf(calls, event)
      noteToolAnswer(record, event, calls)
      return
    case 'request.failed':
    case 'request.aborted':
      endOf(calls, event)
      return
    case 'effect.applied':
      record.effects.push(event)
      return
    case 'task.ended':
      record.outcome = event.outcome
      record.appliedByEnd = new Set(applied)
      return
    case 'task.threw':
      record.hasThrown = true
      return
    default:
      return
  }
}

function noteSent(record: TaskRecord, sent: RequestSent, calls: Map<number, RecordedCall>): void {
  const call: RecordedCall = { sent, end: null }
  calls.set(sent.call, call)
  if (sent.kind === 'model') record.modelCalls.push(call)
}

function endOf(calls: ReadonlyMap<number, RecordedCall>, event: CallEnd): void {
  const call = calls.get(event.call)
  if (call !== undefined) call.end ??= event
}

function noteToolAnswer(
  { toolAnswers }: TaskRecord,
  { call, body }: EventOf<'response.end'>,
  calls: ReadonlyMap<number, RecordedCall>,
): void {
  const sent = calls.get(call)?.sent
  if (sent !== undefined && isToolCall(sent)) toolAnswers.push(body)
}
