import type { RequestedFormat } from '../format/answer-format.ts'
import { anthropicProvider } from '../providers/anthropic/anthropic-provider.ts'
import { openAiProvider } from '../providers/openai/openai-provider.ts'
import type { ModelProvider, ProviderAddress } from '../providers/provider.ts'
import type { BreakerParts } from '../resilience/breaker-parts.ts'
import { Bulkhead } from '../resilience/bulkhead.ts'
import { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { BreakerSettings, BulkheadSettings } from '../resilience/resilience-options.ts'

/** The providers whose words the agent knows. */
export type ProviderName = 'openai' | 'anthropic'

/** A model endpoint with its guards, shared by all tasks of an agent. */
export interface Endpoint {
  readonly name: string
  readonly address: Pick<EndpointAddress, 'provider' | 'baseURL'>
  readonly provider: ModelProvider
  readonly breaker: CircuitBreaker | null
  readonly bulkhead: Bulkhead | null
}

/** A model at an endpoint, as one source of answers asks it. */
export interface ModelSource {
  readonly endpoint: Endpoint
  readonly model: string
  readonly maxOutputTokens: number | null
  /** Whether the agent's tools are offered. */
  readonly withTools: boolean
  /** The form of its answers; null: text. */
  readonly answerFormat: RequestedFormat | null
}

/** Where an endpoint is, and whose words it speaks. */
export interface EndpointAddress extends ProviderAddress {
  readonly name: string
  readonly provider: ProviderName
}

const providers: Readonly<Record<ProviderName, (address: ProviderAddress) => ModelProvider>> = {
  openai: openAiProvider,
  anthropic: anthropicProvider,
}

/** Opens an endpoint with guards of its own. */
export function openEndpoint(
  address: EndpointAddress,
  guards: { readonly breaker?: BreakerSettings | undefined; readonly bulkhead?: BulkheadSettings | undefined },
  parts: BreakerParts,
): Endpoint {
  return {
    name: address.name,
    address,
    provider: providers[address.provider](address),
    breaker: guards.breaker ? new CircuitBreaker(guards.breaker, parts) : null,
    bulkhead: guards.bulkhead ? new Bulkhead(guards.bulkhead) : null,
  }
}
