import type { TraceEvent } from '../../contract/event.ts'
import { getOrCreate } from '../get-or-create.ts'

const begins = /^\s*BEGIN\b/i
const undoes = /^\s*ROLLBACK\b/i
const commits = /^\s*(COMMIT|END)\b/i
const writes = /^\s*(INSERT|UPDATE|REPLACE)\b/i

/** Follows what an agent has written into its store, by task: a statement counts once it, or its transaction, is acknowledged. */
export class WrittenRecords {
  readonly #store: string
  readonly #sent = new Map<number, string>()
  readonly #written = new Map<number, string[]>()
  /** What the open transaction has written; null outside of one. */
  #open: { readonly task: number; readonly body: string }[] | null = null

  constructor(store: string) {
    this.#store = store
  }

  /** The texts of a task that are acknowledged. */
  of(task: number): readonly string[] {
    return this.#written.get(task) ?? []
  }

  /** What was written for a task is no longer of interest. */
  forget(task: number): void {
    this.#written.delete(task)
  }

  follow(event: TraceEvent): void {
    if (event.type === 'process.killed') this.#open = null
    if (!('upstream' in event) || event.upstream !== this.#store) return
    if (event.type === 'request.sent') this.#sent.set(event.call, event.body)
    if (event.type !== 'response.end') return
    const body = this.#sent.get(event.call)
    this.#sent.delete(event.call)
    if (body !== undefined && event.class === 'success') this.#acknowledged(event.task, body)
  }

  #acknowledged(task: number, body: string): void {
    if (begins.test(body)) this.#open = []
    else if (undoes.test(body)) this.#open = null
    else if (commits.test(body)) {
      for (const record of this.#open ?? []) this.#note(record.task, record.body)
      this.#open = null
    } else if (!writes.test(body)) return
    else if (this.#open) this.#open.push({ task, body })
    else this.#note(task, body)
  }

  #note(task: number, body: string): void {
    getOrCreate(this.#written, task, () => []).push(body)
  }
}
