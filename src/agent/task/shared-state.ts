import type { AgentSettings } from '../agent-options.ts'
import type { AgentParts } from '../agent-parts.ts'
import { AnswerCache } from '../fallback/answer-cache.ts'
import type { Endpoint } from '../model/endpoint.ts'
import { openEndpoint } from '../model/endpoint.ts'
import { strikeSecrets } from '../policy/without-secrets.ts'
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import { RetryBudget } from '../resilience/retry-budget.ts'
import type { AgentStore } from '../store/agent-store.ts'
import { KeptAnswers } from '../store/kept-answers.ts'
import { KeptGuards } from '../store/kept-guards.ts'
import { openSafeMode } from './safe-mode.ts'
import type { SharedState } from './task-run.ts'

/** Makes what all tasks of one agent share: endpoints with their guards, the retry budget, the answers it keeps. */
export function openSharedState(settings: AgentSettings, parts: AgentParts): SharedState {
  const { client, fallback, policy, retry, safeMode, store } = settings
  const sources = fallback?.sources ?? []
  const endpoints = new Map<string, Endpoint>()
  const open = (address: AgentSettings['client']): Endpoint => {
    const endpoint = endpoints.get(address.name) ?? openEndpoint(address, settings, parts)
    endpoints.set(address.name, endpoint)
    return endpoint
  }
  const maxOutputTokens = client.maxOutputTokens ?? null
  const answerFormat = settings.answerFormat ?? null
  const primary = { endpoint: open(client), model: client.model, maxOutputTokens, withTools: true, answerFormat }
  for (const source of sources) if (source.kind === 'model') open(source.client)
  const cache = sources.find(({ kind }) => kind === 'cache')
  const guards = { endpoints, safeMode: safeMode ? openSafeMode(safeMode) : null }
  const maxEntries = cache?.kind === 'cache' ? cache.maxEntries : null
  const kept = store ? keptGuards(store, guards, maxEntries) : null
  return {
    ...{ ...guards, primary, kept },
    budget: retry.budget ? new RetryBudget(retry.budget) : null,
    cache: maxEntries === null ? null : (kept?.answers?.cache ?? new AnswerCache(maxEntries)),
    strike: strikeSecrets([...policy.secrets, ...keysOf(settings)]),
  }
}

/** What outlives the process, where there is any of it. */
function keptGuards(
  store: AgentStore,
  { endpoints, safeMode }: Pick<SharedState, 'endpoints' | 'safeMode'>,
  maxEntries: number | null,
): KeptGuards | null {
  const breakers = new Map<string, CircuitBreaker>()
  for (const { name, breaker } of endpoints.values()) if (breaker) breakers.set(`endpoint ${name}`, breaker)
  if (safeMode) breakers.set('safe mode', safeMode)
  if (breakers.size === 0 && maxEntries === null) return null
  return new KeptGuards(store, breakers, maxEntries === null ? null : new KeptAnswers(store, maxEntries))
}

/** The keys that are written in the options; a key ring keeps its own out of errors. */
function keysOf({ client, fallback }: AgentSettings): string[] {
  const others = fallback?.sources.flatMap((source) => (source.kind === 'model' ? [source.client] : [])) ?? []
  return [client, ...others].flatMap(({ apiKey }) => (typeof apiKey === 'string' ? [apiKey] : []))
}
