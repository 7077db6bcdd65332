import type { TaskEnded, TraceEvent } from '../../contract/event.ts'
import { getOrCreate } from '../get-or-create.ts'

/** What is known of one task. */
export interface TaskNotes {
  startedAt: number
  startedSeq: number
  isCancelled: boolean
  /** When it was last heard of on the wire, or started. */
  heardAt: number
  /** Whether its latest reply of a model asked for tools, so that another request has to follow. */
  isOwed: boolean
  /** How often it called each upstream. */
  readonly requests: Map<string, number>
  /** How often a model asked for each tool. */
  readonly asked: Map<string, number>
  /** Failed calls that may yet be repeated, where logical calls are counted. */
  readonly pending: Map<number, string>
}

/** Follows the tasks of a trial as far as breakers are concerned. */
export class TaskBook {
  readonly #tasks = new Map<number, TaskNotes>()

  of(task: number): TaskNotes {
    return getOrCreate(this.#tasks, task, () => ({
      ...{ startedAt: 0, startedSeq: -1, isCancelled: false, heardAt: 0, isOwed: false },
      ...{ requests: new Map(), asked: new Map(), pending: new Map() },
    }))
  }

  /** Notes what an event says of its task. */
  note(event: TraceEvent, seq: number): void {
    if (!('task' in event)) return
    const notes = this.of(event.task)
    if (event.type === 'task.cancelled') notes.isCancelled = true
    if (!('call' in event) && event.type !== 'task.started') return
    notes.heardAt = event.at
    if (event.type === 'task.started') {
      notes.startedAt = event.at
      notes.startedSeq = seq
    } else if (event.type === 'request.sent') {
      notes.requests.set(event.upstream, (notes.requests.get(event.upstream) ?? 0) + 1)
      if (event.kind === 'model') notes.isOwed = false
    } else if (event.type === 'response.end' && event.kind === 'model') {
      const toolCalls = event.model?.toolCalls ?? []
      notes.isOwed = toolCalls.length > 0
      for (const { name } of toolCalls) notes.asked.set(name, (notes.asked.get(name) ?? 0) + 1)
    }
  }
}

/** Whether a task failed at the hands of an upstream, by its own account. */
export function stoppedInFailure({ outcome }: TaskEnded): boolean {
  return outcome.stop === 'llm_api_error' || outcome.stop === 'error'
}
