import type { TraceEvent } from '../contract/event.ts'
import type { Outcome } from '../contract/outcome.ts'
import type { Effect } from '../contract/task.ts'
import type { Ended } from './grade.ts'

/** What a trial counts besides judging. */
export class TrialNotes {
  calls = 0
  readonly effects: Effect[] = []
  readonly outside: string[] = []
  leftovers: readonly string[] = []
  readonly #outcomes = new Map<number, Outcome>()
  readonly #effectsOf = new Map<number, Effect[]>()

  note(event: TraceEvent): void {
    if (event.type === 'request.sent') this.calls++
    else if (event.type === 'effect.applied') this.#noteEffect(event.task, event.effect)
    else if (event.type === 'task.ended') this.#outcomes.set(event.task, event.outcome)
    else if (event.type === 'world.outside') this.outside.push(event.what)
    else if (event.type === 'trial.ended') this.leftovers = event.leftovers.map((left) => left.split(' ×')[0] ?? left)
  }
  /** How a task ended, for its grader. */
  endOf(task: number): Ended {
    return { outcome: this.#outcomes.get(task) ?? null, effects: this.#effectsOf.get(task) ?? [] }
  }

  #noteEffect(task: number, effect: Effect): void {
    this.effects.push(effect)
    const known = this.#effectsOf.get(task)
    if (known === undefined) this.#effectsOf.set(task, [effect])
    else known.push(effect)
  }
}
