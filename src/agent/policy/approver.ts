import { z } from 'zod'
import { withDeadline } from '../resilience/deadline.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { PreparedCall } from '../tools/tool.ts'
import type { Decided } from './stored-approvals.ts'

const answerSchema = z.union([
  z.enum(['approved', 'denied', 'pending']),
  z.strictObject({ decision: z.literal('denied'), reason: z.string().min(1) }),
])

/**
 * Asks the approver of the policy about one call.
 *
 * It fails closed: where there is none, where it fails or is too slow, and where its answer is none, the question
 * stays open.
 *
 * @throws {StopError} when the task is cancelled or its time is up meanwhile
 */
export async function askApprover(call: PreparedCall, { settings, signal: around }: TaskRun): Promise<Decided> {
  const { approve } = settings.policy
  if (!approve) return open
  const request = { tool: call.tool.name, arguments: structuredClone(call.arguments) }
  try {
    const answer = await withDeadline('The approver', settings.timeouts.toolMs, around, async (signal) =>
      approve(request, { signal }),
    )
    const said = answerSchema.catch('pending').parse(answer)
    return typeof said === 'string' ? { state: said, reason: null } : { state: said.decision, reason: said.reason }
  } catch (error) {
    if (error instanceof StopError) throw error
    return open
  }
}

const open: Decided = { state: 'pending', reason: null }
