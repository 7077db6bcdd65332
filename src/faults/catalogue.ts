import { usageError } from '../contract/errors.ts'
import { type AnyMember, faultFamilies } from './catalogue-member.ts'
import { anthropicErrorMembers } from './families/anthropic-errors.ts'
import { anthropicLimitMembers } from './families/anthropic-limits.ts'
import { anthropicStopMembers } from './families/anthropic-stops.ts'
import { anthropicStreamMembers } from './families/anthropic-streams.ts'
import { azureRejectionMembers } from './families/azure-rejections.ts'
import { brokenBodyMembers } from './families/broken-bodies.ts'
import { clockMembers } from './families/clock-faults.ts'
import { bedrockMembers } from './families/bedrock-errors.ts'
import { bedrockStreamMembers } from './families/bedrock-streams.ts'
import { contextOverflowMembers } from './families/context-overflows.ts'
import { functionFailureMembers } from './families/function-failures.ts'
import { degradedContentMembers } from './families/degraded-content.ts'
import { gatewayMembers } from './families/gateways.ts'
import { geminiErrorMembers } from './families/gemini-errors.ts'
import { geminiReplyMembers } from './families/gemini-replies.ts'
import { historyFailureMembers } from './families/history-failures.ts'
import { latencyMembers } from './families/latency.ts'
import { mcpConnectionMembers } from './families/mcp-connections.ts'
import { mcpErrorMembers } from './families/mcp-errors.ts'
import { mcpReplyMembers } from './families/mcp-replies.ts'
import { memoryFailureMembers } from './families/memory-failures.ts'
import { overloadMembers } from './families/overload.ts'
import { policyMembers } from './families/policy-violations.ts'
import { processMembers } from './families/process-faults.ts'
import { rateLimitMembers } from './families/rate-limits.ts'
import { rejectionMembers } from './families/rejections.ts'
import { repeatedOverflowMembers } from './families/repeated-overflow.ts'
import { responsesStreamMembers } from './families/responses-streams.ts'
import { serverErrorMembers } from './families/server-errors.ts'
import { shouldRetryMembers } from './families/should-retry.ts'
import { approvalMembers } from './families/approvals.ts'
import { budgetKillMembers } from './families/budget-kill.ts'
import { delegationMembers } from './families/delegation.ts'
import { policyEngineMembers } from './families/policy-engine.ts'
import { storeFileMembers } from './families/store-files.ts'
import { slowConnectionMembers } from './families/slow-connections.ts'
import { streamChangeMembers } from './families/stream-changes.ts'
import { streamCutMembers } from './families/stream-cuts.ts'
import { streamOddityMembers } from './families/stream-oddities.ts'
import { toolFailureMembers } from './families/tool-failures.ts'
import { toolOrderMembers } from './families/tool-order.ts'
import { toolRefusalMembers } from './families/tool-refusals.ts'
import { toolRepeatMembers } from './families/tool-repeats.ts'
import { toolValueMembers } from './families/tool-values.ts'
import { transportMembers } from './families/transport.ts'
import { unknownBlockMembers } from './families/unknown-blocks.ts'
import { wrongBodyMembers } from './families/wrong-bodies.ts'
import { wrongFormMembers } from './families/wrong-forms.ts'
import { wrongEndingMembers } from './families/wrong-endings.ts'
import { wrongToolCallMembers } from './families/wrong-tool-calls.ts'

const members: readonly AnyMember[] = [
  ...toolFailureMembers,
  ...toolOrderMembers,
  ...toolRefusalMembers,
  ...toolRepeatMembers,
  ...toolValueMembers,
  ...functionFailureMembers,
  ...transportMembers,
  ...brokenBodyMembers,
  ...slowConnectionMembers,
  ...latencyMembers,
  ...rateLimitMembers,
  ...serverErrorMembers,
  ...overloadMembers,
  ...rejectionMembers,
  ...streamCutMembers,
  ...streamChangeMembers,
  ...streamOddityMembers,
  ...wrongEndingMembers,
  ...wrongToolCallMembers,
  ...wrongBodyMembers,
  ...wrongFormMembers,
  ...unknownBlockMembers,
  ...contextOverflowMembers,
  ...repeatedOverflowMembers,
  ...historyFailureMembers,
  ...memoryFailureMembers,
  ...policyMembers,
  ...clockMembers,
  ...processMembers,
  ...anthropicLimitMembers,
  ...anthropicErrorMembers,
  ...anthropicStreamMembers,
  ...anthropicStopMembers,
  ...responsesStreamMembers,
  ...gatewayMembers,
  ...azureRejectionMembers,
  ...shouldRetryMembers,
  ...degradedContentMembers,
  ...geminiErrorMembers,
  ...geminiReplyMembers,
  ...storeFileMembers,
  ...mcpErrorMembers,
  ...mcpReplyMembers,
  ...mcpConnectionMembers,
  ...policyEngineMembers,
  ...approvalMembers,
  ...budgetKillMembers,
  ...delegationMembers,
  ...bedrockMembers,
  ...bedrockStreamMembers,
]

/** Every fault there is, in the order of the families. */
export const catalogue = members.toSorted(
  (one, other) => faultFamilies.indexOf(one.family) - faultFamilies.indexOf(other.family),
)

const byId = new Map(catalogue.map((member) => [member.id, member]))

/**
 * Finds a member of the catalogue.
 *
 * @throws {ShakedownError} of kind `usage` where there is none of that ID
 */
export function catalogueMember(id: string): AnyMember {
  const member = byId.get(id)
  if (member !== undefined) return member
  throw usageError('UNKNOWN_FAULT', `there is no fault "${id}"; \`shakedown list faults\` shows those there are.`)
}

/** The family of a fault, also of one that is no member: then its words say so. */
export function familyOfFault(id: string): string {
  return byId.get(id)?.family ?? 'outside the catalogue'
}
