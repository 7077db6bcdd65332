import type { TaskStarted } from '../../contract/event.ts'
import type { SourceCall } from './source-call.ts'
import { isUsable } from './source-call.ts'

/** The search for one reply: from the first request after the reply before, to the whole reply or the task's end. */
export interface Step {
  readonly startedAt: number
  /** Places whose last request of the step has not brought a usable reply, with that request. */
  readonly failed: Map<number, SourceCall>
  /** The requests of the step that are sources' of the chain, in order. */
  readonly calls: Set<SourceCall>
  /** Places that the search has turned away from, with the last request there and the one that turned away. */
  readonly left: Map<number, readonly [SourceCall, SourceCall]>
  lastAsked: SourceCall | null
  /** The request that ended last. */
  lastEnded: SourceCall | null
}

/** What one task asked of its sources and what they gave. */
export class TaskLine {
  readonly task: number
  readonly id: string
  readonly input: string
  readonly user: string | null
  readonly startedAt: number
  cancelledAt: number | null = null
  endedAt: number | null = null
  /** Every request to a model, those to models outside the chain included. */
  readonly calls: SourceCall[] = []
  /** How many of them were sent before its process was killed. */
  callsBefore = 0
  isResumed = false
  /** Whole replies, in the order in which they came. */
  readonly replies: SourceCall[] = []
  /** Tools that the primary was offered so far, and the last request that offered them. */
  readonly primaryTools = new Set<string>()
  lastPrimary: SourceCall | null = null
  step: Step
  /** How many searches for a reply the task has begun. */
  steps = 0

  constructor({ task, id, input, user, at }: Pick<TaskStarted, 'task' | 'id' | 'input' | 'user' | 'at'>) {
    this.task = task
    this.id = id
    this.input = input
    this.user = user
    this.startedAt = at
    this.step = newStep(at)
  }

  /** Whether it was handed over again and has asked nobody since: its answer may be one that it had come to before. */
  get isOnlyResumed(): boolean {
    return this.isResumed && this.calls.length === this.callsBefore
  }

  /** It goes on where it stood when its process was killed, as far as the agent has kept what it was told. */
  resume({ calls, replies, primaryTools, lastPrimary }: TaskLine): void {
    this.calls.push(...calls)
    this.callsBefore = this.calls.length
    this.isResumed = true
    this.replies.push(...replies)
    for (const tool of primaryTools) this.primaryTools.add(tool)
    this.lastPrimary = lastPrimary
  }

  sent(call: SourceCall): void {
    this.calls.push(call)
    if (call.places.length === 0) return
    if (this.step.calls.size === 0) this.steps += 1
    this.step.calls.add(call)
    if (call.places[0] === 0) {
      this.lastPrimary = call
      for (const tool of call.view.offeredTools) this.primaryTools.add(tool)
    }
    const last = this.step.lastAsked
    const [place, ...others] = last?.places ?? []
    // Where the chain does not tell two sources apart, nobody knows which of them was left.
    if (last && place !== undefined && others.length === 0 && !call.places.includes(place)) {
      this.step.left.set(place, [last, call])
    }
    this.step.lastAsked = call
  }

  ended(call: SourceCall, at: number): void {
    const { step } = this
    if (call.reply === null) {
      if (!step.calls.has(call)) return
      step.lastEnded = call
      for (const place of call.places) step.failed.set(place, call)
      return
    }
    this.replies.push(call)
    if (call.places.length === 0) return
    this.step = newStep(at)
    // Whoever takes an empty reply for a failure goes on where it was; whoever does not begins anew: both may be.
    if (isUsable(call)) return
    for (const [place, failed] of step.failed) this.step.failed.set(place, failed)
    for (const place of call.places) this.step.failed.set(place, call)
  }

  /** The reply that an answer would be taken from: the last one, where nothing was asked since. */
  get lastReply(): SourceCall | null {
    return this.step.calls.size === 0 ? (this.replies.at(-1) ?? null) : null
  }
}

function newStep(startedAt: number): Step {
  return { startedAt, failed: new Map(), calls: new Set(), left: new Map(), lastAsked: null, lastEnded: null }
}
