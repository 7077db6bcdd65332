// First: what is imported before the simulation is in place escapes it.
import '../../simulation/_install.ts'
import { DatabaseSync } from 'node:sqlite'
import type { JsonObject } from '../../../src/contract/json.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import { sqliteStore } from '../../../src/wire/stores/sqlite-store.ts'
import { play } from '../_play.ts'

export const stepsPath = '/var/lib/agent/steps.sqlite'

export const stepsStore = (schema = 'CREATE TABLE steps (number INTEGER PRIMARY KEY, what TEXT)') =>
  sqliteStore({ name: 'steps', path: stepsPath, schema })

/** Runs a function that uses the store of steps, in a world of its own. */
export function withSteps<Value>(run: (database: DatabaseSync) => Value, faults: readonly Fault[] = []) {
  return play({ upstreams: [stepsStore()], faults }, () => Promise.resolve(run(new DatabaseSync(stepsPath))))
}

/** What the trace tells of calls: the method and the statement, and how it ended. */
export function told(events: readonly TraceEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'request.sent') return [`${event.method} ${event.body}`.trim()]
    if (event.type === 'fault.injected') return [`! ${event.id}`]
    if (event.type === 'response.end') return [`= ${event.body}`]
    return event.type === 'request.failed' ? [`× ${event.cause} ${event.class}`] : []
  })
}

/** What a statement throws, as its caller sees it. */
export function thrownBy(run: () => unknown): JsonObject | null {
  try {
    run()
    return null
  } catch (error) {
    const { code, errcode, message } = error as Error & { code: string; errcode: number }
    return { code, errcode, message }
  }
}
