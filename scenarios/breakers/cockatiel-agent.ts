import { type IBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel'
import type { Agent } from 'shakedown'
import { createGuardedAgent } from './guarded-agent.ts'
import { createAsk, isCountable } from './model-client.ts'

/** What differs between the agents around cockatiel. */
export interface CockatielSetup {
  readonly breaker: IBreaker
  readonly halfOpenAfter: number
  readonly clientTimeoutMs: number
}

/** A model call behind a cockatiel circuit breaker that handles what speaks of the provider's health. */
export function createCockatielAgent({ clientTimeoutMs, ...options }: CockatielSetup): Agent {
  const policy = circuitBreaker(handleWhen(isCountable), options)
  const ask = createAsk(clientTimeoutMs)
  return createGuardedAgent({
    ask: (input, signal) => policy.execute((context) => ask(input, context.signal), signal),
    isRefusal: isBrokenCircuitError,
  })
}
