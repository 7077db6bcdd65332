import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, context } from '@opentelemetry/api'
import type { Context } from '@opentelemetry/api'
import { quietly } from '../events/quietly.ts'
import type { QuietSpan } from './quiet-span.ts'
import type { TaskFacts } from './task-facts.ts'

/** Hears of a model call that is under way. */
interface ModelCallListener {
  piece(): void
  attemptFailed(errorType: string): void
}

/** Where in its telemetry a task is. */
export interface Spot {
  /** The parent of what begins here. */
  readonly context: Context
  readonly facts: TaskFacts
  readonly step: QuietSpan | null
  readonly modelCall: ModelCallListener | null
}

/**
 * The telemetry keeps its place itself: the context of OpenTelemetry needs a context manager, which need not be there.
 * An agent that is passed a task finds the tool call that it was passed by.
 */
const spots = new AsyncLocalStorage<Spot>()

export function atSpot<Value>(spot: Spot, work: () => Value): Value {
  return spots.run(spot, work)
}

/** Null outside any task that is traced. */
export function currentSpot(): Spot | null {
  return spots.getStore() ?? null
}

/** The parent of a task: the tool call that it was passed by, or whatever is active around the agent. */
export function contextAround(): Context {
  return currentSpot()?.context ?? quietly(() => context.active()) ?? ROOT_CONTEXT
}
