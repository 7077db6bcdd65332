import { z } from 'zod'
import type { ApprovalDecision } from '../agent-options.ts'
import { canonicalJson } from '../tools/canonical-json.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { PreparedCall } from '../tools/tool.ts'
import { denialOf } from './stored-approvals.ts'
import type { Approval } from './stored-approvals.ts'

const decisionSchema = z.enum(['approved', 'denied', 'pending'])

/**
 * Asks for the approval of one call, once.
 *
 * It fails closed: an approver that fails or is too slow and an answer that is none of the three leave the question
 * open, which is `pending`. A denial holds for the rest of the task: a model that repeats its call does not wear the
 * approver down. With a store, a question that stays open is kept there, to be decided later.
 *
 * @throws {StopError} when the task is cancelled or its time is up meanwhile
 */
export async function askApproval(call: PreparedCall, callId: string, run: TaskRun): Promise<Approval> {
  const question = `${call.tool.name}:${canonicalJson(call.arguments)}`
  if (run.denied.has(question)) return { decision: 'denied', reason: denialOf(null) }
  const place = { step: run.step, callId }
  const kept = run.approvals ? await run.approvals.find(call, place) : null
  if (kept && kept.decision !== 'pending') return kept
  const decision = await ask(call, run)
  if (decision === 'denied') {
    run.denied.add(question)
    return { decision, reason: denialOf(null) }
  }
  if (decision === 'pending' && run.approvals && !kept) await run.approvals.request(call, place)
  return { decision }
}

async function ask(call: PreparedCall, run: TaskRun): Promise<ApprovalDecision> {
  const { approve } = run.settings.policy
  if (!approve) return 'pending'
  const request = { tool: call.tool.name, arguments: structuredClone(call.arguments) }
  try {
    const answer = await withDeadline('The approver', run.settings.timeouts.toolMs, run.signal, async (signal) =>
      approve(request, { signal }),
    )
    return decisionSchema.catch('pending').parse(answer)
  } catch (error) {
    if (error instanceof StopError) throw error
    return 'pending'
  }
}
