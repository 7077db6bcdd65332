import { checkedCounter } from '../memory/checked-counter.ts'
import { tokenCounterFor } from '../memory/token-counter.ts'
import { usageOf } from '../memory/usage-estimate.ts'
import type { CountedUsage } from '../memory/usage-estimate.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { ModelSource } from './endpoint.ts'
import { requestOf } from './model-call.ts'

/**
 * The usage of a reply: as the provider told it, or else counted.
 *
 * Counting loads large tables: where nobody looks at usage, a reply of which nothing was told counts as nothing.
 */
export function countedUsage(
  reply: ModelReply,
  conversation: Conversation,
  source: ModelSource,
  run: TaskRun,
): CountedUsage {
  if (!reply.usage && !run.countsUsage) return { ...nothing, isEstimated: true }
  const own = source.endpoint === run.shared.primary.endpoint ? run.settings.context?.counter : undefined
  const known = tokenCounterFor(source.endpoint.address.provider)
  return usageOf(requestOf(conversation, source, run), reply, own ? checkedCounter(own, known) : known)
}

const nothing = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  reasoningTokens: null,
}
