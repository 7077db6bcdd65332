import CircuitBreaker from 'opossum'
import type { Agent } from 'shakedown'
import { createGuardedAgent } from './guarded-agent.ts'
import { createAsk, isCountable } from './model-client.ts'

/** What differs between the agents around opossum. */
export interface OpossumSetup {
  /** The breaker's own timeout; absent: its default of 10 seconds. */
  readonly timeout?: false
  /** Per cent of the calls fired that must fail; absent: its default of 50. */
  readonly errorThresholdPercentage?: number
  /** After how long the client gives a call up, which the breaker does not do. */
  readonly clientTimeoutMs: number
}

/** A model call behind opossum with its default options; errors that are the caller's own are filtered. */
export function createOpossumAgent({ clientTimeoutMs, ...options }: OpossumSetup): Agent {
  const breaker = new CircuitBreaker(createAsk(clientTimeoutMs), {
    ...options,
    errorFilter: (error) => !isCountable(error),
  })
  return createGuardedAgent({
    ask: (input, signal) => breaker.fire(input, signal),
    isRefusal: (error) => error instanceof Error && 'code' in error && error.code === 'EOPENBREAKER',
  })
}
