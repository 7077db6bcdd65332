import { AsyncLocalStorage } from 'node:async_hooks'
import type { PolicySettings } from '../../agent-options.ts'

/** What an agent and those it passes tasks on to have to share. */
export class Allowance {
  #left: number

  constructor(left: number) {
    this.#left = left
  }

  /** Takes one; false where none is left. */
  take(): boolean {
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}

/** The task of one agent, and what it has inherited. */
export interface Delegation {
  readonly taskId: string
  /** How many agents the task was passed on by; 0 for the first. */
  readonly depth: number
  readonly maxDepth: number
  /** When the time of the first task is up, by `performance.now()`. */
  readonly endsAtMs: number
  /** What the user said to the first agent: no model can speak for the user. */
  readonly userWords: string
  /** Of this agent and of all before it: what one of them may not do, this one may not. */
  readonly policies: readonly PolicySettings[]
  readonly retries: Allowance
  /** Model replies that this agent and those behind it may take together. */
  readonly maxReplies: number
  /** Model replies that this agent has taken. */
  replies: number
  /** Model replies that agents behind it have taken. */
  passedOn: number
}

/** The parts and tools of an agent know nothing of its task; the async context does. */
const delegations = new AsyncLocalStorage<Delegation>()

export function inDelegation<Result>(delegation: Delegation, run: () => Promise<Result>): Promise<Result> {
  return delegations.run(delegation, run)
}

/** The task at hand; null outside an agent that may pass tasks on. */
export function currentDelegation(): Delegation | null {
  return delegations.getStore() ?? null
}
