import type { TaskListener } from '../events/task-event.ts'
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { AgentStore } from './agent-store.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { KeptBreakers } from './kept-breakers.ts'
import { StoreError } from './store-error.ts'

/** On whose behalf the store is asked: its signal ends the waits, and it is told what fails. */
interface Asker {
  readonly signal: AbortSignal
  readonly tell: TaskListener
}

/**
 * What the guards of an agent know, in its store, so that a later process knows it too.
 *
 * It is read before the first task and written as it changes, at the latest before the task ends that has changed it.
 * Where the store fails, the task is told and goes on without; what could not be read or written is tried again later.
 */
export class KeptGuards {
  readonly answers: KeptAnswers | null
  readonly #store: AgentStore
  readonly #breakers: KeptBreakers
  #isLoaded = false

  constructor(store: AgentStore, breakers: ReadonlyMap<string, CircuitBreaker>, answers: KeptAnswers | null) {
    this.#store = store
    this.#breakers = new KeptBreakers(store, breakers)
    this.answers = answers
  }

  /** Reads what earlier processes have left, unless that was done. */
  async load(asker: Asker): Promise<void> {
    if (this.#isLoaded || asker.signal.aborted) return
    await unlessFailing('read', asker, async () => {
      await this.#breakers.load(asker)
      await this.answers?.load(asker)
      this.#isLoaded = true
    })
  }

  /** Writes at once that a breaker has moved; null where none has. */
  keepMoves(asker: Asker): Promise<void> | null {
    return this.#breakers.hasMoved ? this.keep(asker) : null
  }

  /** Writes everything that the store has yet to be told. */
  async keep(asker: Asker): Promise<void> {
    if (asker.signal.aborted) return
    const taken = [this.#breakers.take(), ...(this.answers ? [this.answers.take()] : [])]
    const changes = taken.flatMap((unwritten) => unwritten.changes)
    if (changes.length === 0) return
    const isWritten = await unlessFailing('write', asker, () => this.#store.write(changes, asker))
    if (!isWritten) for (const unwritten of taken) unwritten.giveBack()
  }
}

/** Whether it went through; what a store fails with is told, and an interruption is nothing to tell. */
async function unlessFailing(
  operation: 'read' | 'write',
  { signal, tell }: Asker,
  work: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    const kind = error instanceof StoreError ? error.kind : 'failed'
    if (!signal.aborted) tell({ type: 'store_failed', operation, kind })
    return false
  }
}
