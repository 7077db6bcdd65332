import type { AgentSettings } from '../agent-options.ts'
import type { AgentParts } from '../agent-parts.ts'
import { AnswerCache } from '../fallback/answer-cache.ts'
import type { Endpoint } from '../model/endpoint.ts'
import { openEndpoint } from '../model/endpoint.ts'
import { RetryBudget } from '../resilience/retry-budget.ts'
import { openSafeMode } from './safe-mode.ts'
import type { SharedState } from './task-run.ts'

/** Makes what all tasks of one agent share: endpoints with their guards, the retry budget, the answers it keeps. */
export function openSharedState(settings: AgentSettings, parts: AgentParts): SharedState {
  const { client, fallback, retry, safeMode } = settings
  const sources = fallback?.sources ?? []
  const endpoints = new Map<string, Endpoint>()
  const open = (address: AgentSettings['client']): Endpoint => {
    const endpoint = endpoints.get(address.name) ?? openEndpoint(address, settings, parts)
    endpoints.set(address.name, endpoint)
    return endpoint
  }
  const maxOutputTokens = client.maxOutputTokens ?? null
  const primary = { endpoint: open(client), model: client.model, maxOutputTokens, withTools: true }
  for (const source of sources) if (source.kind === 'model') open(source.client)
  const cache = sources.find(({ kind }) => kind === 'cache')
  return {
    endpoints,
    primary,
    budget: retry.budget ? new RetryBudget(retry.budget) : null,
    cache: cache?.kind === 'cache' ? new AnswerCache(cache.maxEntries) : null,
    safeMode: safeMode ? openSafeMode(safeMode) : null,
  }
}
