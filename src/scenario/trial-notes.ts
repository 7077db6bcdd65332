import type { TraceEvent } from '../contract/event.ts'
import type { Effect } from '../contract/task.ts'

/** What a trial counts besides judging. */
export class TrialNotes {
  calls = 0
  readonly effects: Effect[] = []
  readonly outside: string[] = []
  leftovers: readonly string[] = []

  note(event: TraceEvent): void {
    if (event.type === 'request.sent') this.calls++
    else if (event.type === 'effect.applied') this.effects.push(event.effect)
    else if (event.type === 'world.outside') this.outside.push(event.what)
    else if (event.type === 'trial.ended') this.leftovers = event.leftovers.map((left) => left.split(' ×')[0] ?? left)
  }
}
