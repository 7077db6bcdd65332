import type { ModelReply, Usage } from '../providers/model-reply.ts'
import type { ModelRequest } from '../providers/provider.ts'
import type { TokenCounter } from './token-counter.ts'

/** Usage, and whether anybody has told it. */
export interface CountedUsage extends Usage {
  /** Whether the agent counted because the provider did not say; such numbers are for budgets, not for bills. */
  readonly isEstimated: boolean
}

/** The usage that the provider told of a reply, or else what the agent counts. */
export function usageOf(request: ModelRequest, reply: ModelReply, counter: TokenCounter): CountedUsage {
  if (reply.usage) return { ...reply.usage, isEstimated: false }
  return {
    inputTokens: counter.request(request),
    outputTokens: counter.text(saidBy(reply)),
    cachedInputTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    isEstimated: true,
  }
}

/** Everything of a reply that costs tokens and can be seen; what a model thought in secret cannot. */
function saidBy({ content, refusal, calls, reasoning }: ModelReply): string {
  return [
    content ?? '',
    refusal ?? '',
    ...calls.map(({ name, argumentsText }) => name + argumentsText),
    ...reasoning.map((part) => (part.kind === 'text' ? part.text : '')),
  ].join('')
}
