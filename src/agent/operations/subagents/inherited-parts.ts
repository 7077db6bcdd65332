import { defaultParts } from '../../agent-parts.ts'
import type { AgentParts } from '../../agent-parts.ts'
import type { Approve } from '../../agent-options.ts'
import type { Guard, GuardVerdict } from '../../policy/policy-guard.ts'
import { currentDelegation } from './delegation.ts'

/** The decisions of an agent that may pass tasks on, or that was passed one: each asks what was inherited as well. */
export function inheritedParts(own: Partial<AgentParts> = {}): Partial<AgentParts> {
  const parts = { ...defaultParts, ...own }
  const mayRetry = (): boolean => currentDelegation()?.retries.take() ?? true
  return {
    ...own,
    guard: strictest(parts.guard),
    isRetryable: (error) => parts.isRetryable(error) && mayRetry(),
    toolRetry: (error, tool) => parts.toolRetry(error, tool) && mayRetry(),
    stepLimit(replies, maxSteps) {
      const task = currentDelegation()
      if (!task) return parts.stepLimit(replies, maxSteps)
      task.replies = replies
      return parts.stepLimit(replies + task.passedOn, Math.min(maxSteps, task.maxReplies))
    },
  }
}

/** By every policy of the line and by the user's own words: a refusal of one holds, and so does its wish to be asked. */
function strictest(guard: Guard): Guard {
  return (call, own, input) => {
    const task = currentDelegation()
    if (!task) return guard(call, own, input)
    const verdicts = task.policies.map((policy) => guard(call, policy, task.userWords))
    const refusal = verdicts.find(({ verdict }) => verdict === 'refuse')
    return refusal ?? verdicts.find(({ verdict }) => verdict === 'ask') ?? ({ verdict: 'allow' } satisfies GuardVerdict)
  }
}

/** Asks every agent of the line whose policy wants to be asked; all must approve. */
export const approveByAll: Approve = async (request, options) => {
  const policies = currentDelegation()?.policies ?? []
  const asking = policies.filter(({ gated }) => gated.includes(request.tool))
  for (const { approve } of asking) {
    const decision = (await approve?.(request, options)) ?? 'pending'
    if (decision !== 'approved') return decision
  }
  return asking.length > 0 ? 'approved' : 'pending'
}
