import OpenAI from 'openai'
import type { BreakerParts } from '../resilience/breaker-parts.ts'
import { Bulkhead } from '../resilience/bulkhead.ts'
import { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { BreakerSettings, BulkheadSettings } from '../resilience/resilience-options.ts'

/** A model endpoint with its guards, shared by all tasks of an agent. */
export interface Endpoint {
  readonly name: string
  readonly client: OpenAI
  readonly breaker: CircuitBreaker | null
  readonly bulkhead: Bulkhead | null
}

/** A model at an endpoint, as one source of answers asks it. */
export interface ModelSource {
  readonly endpoint: Endpoint
  readonly model: string
  /** Whether the agent's tools are offered. */
  readonly withTools: boolean
}

/** Where an endpoint is. */
export interface EndpointAddress {
  readonly name: string
  readonly apiKey: string
  readonly baseURL: string
}

/** Opens an endpoint. The SDK's own retries are off: they would pass no breaker. */
export function openEndpoint(
  { name, apiKey, baseURL }: EndpointAddress,
  guards: { readonly breaker?: BreakerSettings | undefined; readonly bulkhead?: BulkheadSettings | undefined },
  parts: BreakerParts,
): Endpoint {
  return {
    name,
    client: new OpenAI({ apiKey, baseURL, organization: null, project: null, maxRetries: 0, logLevel: 'off' }),
    breaker: guards.breaker ? new CircuitBreaker(guards.breaker, parts) : null,
    bulkhead: guards.bulkhead ? new Bulkhead(guards.bulkhead) : null,
  }
}
