import { ConsecutiveBreaker } from 'cockatiel'
import { CallWindow } from './call-window.ts'
import type { BreakerSettings } from './resilience-options.ts'

/** A call that a closed breaker counts. */
export interface CountedCall {
  readonly failed: boolean
  /** Milliseconds from sending to the end. */
  readonly tookMs: number
  /** When it ended, by the clock of the breaker. */
  readonly atMs: number
}

/** Takes the calls of one closed period in the order in which they end; true opens the breaker. */
export type TripRule = (call: CountedCall) => boolean

/** Makes the rule of a breaker that has just closed: nothing from before counts. */
export type MakeTripRule = (settings: BreakerSettings) => TripRule

/** Opens on the first of the configured rules that says so. Every rule is fed, whichever speaks. */
export const makeTripRule: MakeTripRule = (settings) => {
  const rules = [...consecutive(settings), ...failureRate(settings), ...slowCalls(settings)]
  return (call) => rules.map((rule) => rule(call)).includes(true)
}

function consecutive({ consecutiveFailures }: BreakerSettings): TripRule[] {
  if (consecutiveFailures === undefined) return []
  const counter = new ConsecutiveBreaker(consecutiveFailures)
  return [
    ({ failed }) => {
      if (failed) return counter.failure()
      counter.success()
      return false
    },
  ]
}

function failureRate({ failureRate: rule }: BreakerSettings): TripRule[] {
  if (!rule) return []
  const window = new CallWindow(rule)
  return [({ failed, atMs }) => window.add(failed, atMs)]
}

function slowCalls({ slowCalls: rule }: BreakerSettings): TripRule[] {
  if (!rule) return []
  const window = new CallWindow(rule)
  return [({ tookMs, atMs }) => window.add(tookMs > rule.slowerThanMs, atMs)]
}
