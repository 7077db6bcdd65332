import type { Conversation } from '../messages/conversation.ts'
import { assistantTurn, startConversation } from '../messages/conversation.ts'
import { nextTurn } from '../model/model-turn.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import type { AgentOutcome } from './outcome.ts'
import type { TaskRun } from './task-run.ts'
import { withinLimit } from '../resilience/time-limit.ts'
import type { TimeLimit } from '../resilience/time-limit.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import { settleCalls } from '../tools/tool-batch.ts'

/**
 * Takes a task to its end: ask the model, run what it asked for, until it answers.
 *
 * @throws {StopError} with any reason but the two that a reply decides
 */
export async function runSteps(run: TaskRun): Promise<AgentOutcome> {
  let conversation = startConversation(run.settings.instructions, run.task.input)
  for (let replies = 1; ; replies++) {
    const limit = stepLimit(run.settings.timeouts.stepMs)
    const step = await withinLimit(limit, run, (span) => runStep(conversation, replies, { ...run, ...span }))
    if ('outcome' in step) return step.outcome
    conversation = step.conversation
  }
}

/** One step: a reply of the model with its retries, and the tools that it asks for. */
async function runStep(
  before: Conversation,
  replies: number,
  run: TaskRun,
): Promise<{ readonly conversation: Conversation } | { readonly outcome: AgentOutcome }> {
  run.log.conversation = before
  run.log.stepEndsAtMs = run.endsAtMs
  const { reply, conversation } = await nextTurn(before, run.shared.primary, run)
  run.log.modelRefused = reply.refusal !== null
  if (reply.calls.length === 0) return { outcome: finalOutcome(reply) }
  run.log.usedTools = true
  if (run.parts.stepLimit(replies, run.settings.maxSteps)) return { outcome: { answer: null, stop: 'max_steps' } }
  const batch = await settleCalls(reply, run)
  return {
    conversation: [...conversation, assistantTurn(reply, batch.calls), ...run.parts.toolResultMessages(batch.results)],
  }
}

/** The limit of a step; what is cut by it has timed out, and the task may go on. */
export function stepLimit(limitMs: number | undefined): TimeLimit {
  return { limitMs, overdue: (overMs) => new TimeoutError('The step', overMs) }
}

/** A refusal is an answer; an empty reply, a cut one or a filtered one is none, and passing it off as one would lie. */
export function finalOutcome(reply: ModelReply): AgentOutcome {
  if (reply.refusal) return { answer: reply.refusal, stop: 'end_turn' }
  const isWhole = reply.finishReason !== 'length' && reply.finishReason !== 'content_filter'
  return isWhole && reply.content?.trim()
    ? { answer: reply.content, stop: 'end_turn' }
    : { answer: null, stop: 'invalid_llm_response' }
}
