import type { TaskEnded, TaskStarted, TaskThrew } from '../../contract/event.ts'
import { getOrCreate } from '../get-or-create.ts'
import type { Attempt } from './attempt-ledger.ts'
import { didNotSucceed } from './did-not-succeed.ts'

/** One task, and which of its calls are under way. */
export class CallsOfTask {
  readonly id: string
  readonly startedAt: number
  readonly open = new Set<Attempt>()
  lastSettled: Attempt | null = null

  constructor(id: string, startedAt: number) {
    this.id = id
    this.startedAt = startedAt
  }

  /** The attempt that the task may be waiting after: nothing is under way, and what settled last did not succeed. */
  waitingAfter(): Attempt | null {
    const { lastSettled } = this
    return this.open.size === 0 && lastSettled && didNotSucceed(lastSettled) ? lastSettled : null
  }
}

/** Follows which calls of which running task are under way. */
export class TaskCalls {
  readonly #running = new Map<number, CallsOfTask>()

  started({ task, id, at }: TaskStarted): void {
    getOrCreate(this.#running, task, () => new CallsOfTask(id, at))
  }

  /** The task of an attempt that begins; null where it is none of a running task. */
  sent(attempt: Attempt): CallsOfTask | null {
    const task = this.#running.get(attempt.task)
    task?.open.add(attempt)
    return task ?? null
  }

  /** The task of an attempt that has ended. */
  settled(attempt: Attempt): CallsOfTask | null {
    const task = this.#running.get(attempt.task)
    if (!task) return null
    task.open.delete(attempt)
    task.lastSettled = attempt
    return task
  }

  running(task: number): CallsOfTask | null {
    return this.#running.get(task) ?? null
  }

  /** The task as it stood when it ended; it is forgotten. */
  ended({ task }: TaskEnded | TaskThrew): CallsOfTask | null {
    const calls = this.running(task)
    this.#running.delete(task)
    return calls
  }
}
