import type { Conversation } from '../messages/conversation.ts'
import { assistantTurn, startConversation } from '../messages/conversation.ts'
import { observed } from '../events/observed.ts'
import { nextTurn } from '../model/model-turn.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { answerBesideCalls, formedAnswer } from './formed-answer.ts'
import type { AgentOutcome } from './outcome.ts'
import type { TaskRun } from './task-run.ts'
import { unlessCancelled } from '../steps/cancellation.ts'
import { recordedStep } from '../steps/recorded-step.ts'
import type { StepEnd } from '../steps/recorded-step.ts'
import type { StepRecorder } from '../steps/step-recorder.ts'
import { withinLimit } from '../resilience/time-limit.ts'
import type { TimeLimit } from '../resilience/time-limit.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import type { Message } from '../messages/message.ts'
import { uncalledTools } from '../rules/allowed-tools.ts'
import { decideContinuation } from '../rules/continuation.ts'
import { settleCalls } from '../tools/tool-batch.ts'
import type { Batch } from '../tools/tool-batch.ts'
import { permittedTools } from '../tools/tool-offer.ts'

/**
 * Takes a task to its end: ask the model, run what it asked for, until it answers.
 *
 * @throws {StopError} with any reason but the two that a reply decides
 */
export async function runSteps(run: TaskRun): Promise<AgentOutcome> {
  const fresh = startConversation(run.settings.instructions, run.task.input)
  const start = run.journal ? await run.journal.open(fresh, run.log) : { conversation: fresh, step: 1 }
  let { conversation } = start
  for (let replies = start.step; ; replies++) {
    await unlessCancelled(run)
    const limit = stepLimit(run.settings.timeouts.stepMs)
    const before = conversation
    const step = await recordedStep(replies, run, (recorder) =>
      observed(
        () => run.settings.observer?.step?.({ step: replies }),
        () => withinLimit(limit, run, (span) => runStep(before, recorder, { ...run, ...span, step: replies })),
      ),
    )
    if ('outcome' in step) return step.outcome
    conversation = step.conversation
  }
}

/** One step: a reply of the model with its retries, and the tools that it asks for. */
async function runStep(before: Conversation, recorder: StepRecorder, run: TaskRun): Promise<StepEnd> {
  const { journal, step: replies } = run
  run.log.conversation = before
  run.log.step = replies
  run.tell({ type: 'step_started', step: replies })
  run.log.stepEndsAtMs = run.endsAtMs
  const received = run.settings.stream ? 'stream_received' : 'reply_received'
  const ask = async () => {
    const turn = await recorder.timed('model', () => nextTurn(before, run.shared.primary, run))
    recorder.reached(received)
    return turn
  }
  const { reply, conversation } = await (journal ? journal.turn(recorder, before, ask) : ask())
  recorder.reached(received)
  recorder.said = [assistantTurn(reply, reply.calls)]
  run.log.modelRefused = reply.refusal !== null
  const isFinal = run.parts.stepLimit(replies, run.settings.maxSteps)
  if (reply.calls.length === 0) return afterText(reply, conversation, isFinal, run)
  run.log.usedTools = true
  if (isFinal) return { outcome: { answer: null, stop: 'max_steps' } }
  const batch = await recorder.timed('tool', () => settleCalls(reply, run))
  for (const { callId, content } of batch.results) run.tell({ type: 'tool_result', step: replies, callId, content })
  const said = [...conversation, assistantTurn(reply, batch.calls), ...run.parts.toolResultMessages(batch.results)]
  recorder.said = said.slice(conversation.length)
  return afterCalls(reply, batch, said, run)
}

/** An answer ends the task, unless tools that are required have yet to run. */
function afterText(reply: ModelReply, conversation: Conversation, isFinal: boolean, run: TaskRun): StepEnd {
  const outcome = finalOutcome(reply)
  if (outcome.stop !== 'end_turn' || reply.refusal) return { outcome }
  if (run.settings.toolCalls === 'required') return { outcome: { answer: null, stop: 'no_tool_call' } }
  const uncalled = uncalledTools(run.settings.rules, run.log.calls)
  const said = [...conversation, assistantTurn(reply, [])]
  if (uncalled.length === 0) {
    const formed = formedAnswer(outcome, isFinal, run)
    return 'repair' in formed ? { conversation: [...said, formed.repair] } : { ...formed, conversation: said }
  }
  if (isFinal) return { outcome: { answer: null, stop: 'max_steps' } }
  return { conversation: [...said, yetToRun(uncalled)] }
}

/** The results of tools call for another step, unless a rule ends the task or no call can be made of what is asked. */
function afterCalls(reply: ModelReply, batch: Batch, said: Conversation, run: TaskRun): StepEnd {
  const { log, settings } = run
  log.invalidReplies = batch.invalid ? log.invalidReplies + 1 : 0
  if (log.invalidReplies >= (settings.maxInvalidReplies ?? Infinity)) {
    return { outcome: { answer: null, stop: 'invalid_tool_call' } }
  }
  const { ran, violated } = batch
  const step = { rules: settings.rules, available: permittedTools(run), history: log.calls, ran, violated }
  const next = decideContinuation({ ...step, wantsMore: batch.wantsMore, isFinal: false })
  if (!next.continues)
    return { outcome: { answer: answerBesideCalls(reply.content, run), stop: next.stop }, conversation: said }
  return { conversation: next.reason === 'required' ? [...said, yetToRun(next.uncalled)] : said }
}

function yetToRun(tools: readonly string[]): Message {
  return { role: 'user', content: `The task is not done before these tools have run: ${tools.join(', ')}.` }
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
