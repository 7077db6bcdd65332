import { assistantTurn, startConversation } from './conversation.ts'
import { nextTurn } from './model-turn.ts'
import type { ModelReply } from './model-reply.ts'
import type { AgentOutcome } from './outcome.ts'
import type { TaskRun } from './task-run.ts'
import { settleCalls } from './tool-batch.ts'

/**
 * Takes a task to its end: ask the model, run what it asked for, until it answers.
 *
 * @throws {StopError} with any reason but the two that a reply decides
 */
export async function runSteps(run: TaskRun): Promise<AgentOutcome> {
  let conversation = startConversation(run.settings.instructions, run.task.input)
  for (let replies = 1; ; replies++) {
    const turn = await nextTurn(conversation, run)
    const { reply } = turn
    if (reply.calls.length === 0) return finalOutcome(reply)
    if (run.parts.stepLimit(replies, run.settings.maxSteps)) return { answer: null, stop: 'max_steps' }
    const batch = await settleCalls(reply, run)
    conversation = [
      ...turn.conversation,
      assistantTurn(reply, batch.calls),
      ...run.parts.toolResultMessages(batch.results),
    ]
  }
}

/** A refusal is an answer; an empty reply, a cut one or a filtered one is none, and passing it off as one would lie. */
function finalOutcome(reply: ModelReply): AgentOutcome {
  if (reply.refusal) return { answer: reply.refusal, stop: 'end_turn' }
  const isWhole = reply.finishReason !== 'length' && reply.finishReason !== 'content_filter'
  return isWhole && reply.content?.trim()
    ? { answer: reply.content, stop: 'end_turn' }
    : { answer: null, stop: 'invalid_llm_response' }
}
