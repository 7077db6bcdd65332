import { answerBesideCalls } from '../task/formed-answer.ts'
import type { Answered } from '../task/answered.ts'
import type { Conversation } from '../messages/conversation.ts'
import type { FallbackSource } from './fallback-options.ts'
import { nextTurn } from '../model/model-turn.ts'
import { finalOutcome, stepLimit } from '../task/step-loop.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import { withinLimit } from '../resilience/time-limit.ts'

type SimplifiedSource = Extract<FallbackSource, { kind: 'model' }>

/** Tokens kept free for the reply. */
const replyTokens = 1_000

/**
 * Asks another model with shorter instructions and without tools; null where the conversation may not fit its window.
 *
 * It reads what the tools have brought so far, so that it can tell the user truthfully what has happened. It has the
 * time that is left of the step whose model failed; where none is left, it is not asked.
 *
 * @throws {StopError} where it gives no answer either
 */
export async function askSimplified(
  { source, client, instructions, windowTokens = Infinity }: SimplifiedSource,
  run: TaskRun,
): Promise<Answered | null> {
  const endpoint = run.shared.endpoints.get(client.name)
  const conversation = simplified(run, instructions)
  const leftMs = Math.floor(run.log.stepEndsAtMs - performance.now())
  if (!endpoint || leftMs < 1 || mostTokens(conversation) + replyTokens > windowTokens) return null
  const maxOutputTokens = client.maxOutputTokens ?? null
  const answerFormat = run.settings.answerFormat ?? null
  const model = { endpoint, model: client.model, maxOutputTokens, withTools: false, answerFormat }
  const limit = stepLimit(Number.isFinite(leftMs) ? leftMs : undefined)
  const { reply } = await withinLimit(limit, run, (span) => nextTurn(conversation, model, { ...run, ...span }))
  const said = finalOutcome(reply)
  const outcome = reply.refusal ? said : { ...said, answer: answerBesideCalls(said.answer, run) }
  if (outcome.answer !== null && reply.calls.length === 0) return { outcome, source }
  throw new StopError('invalid_llm_response', `The source "${source}" gave no usable answer.`)
}

function simplified({ log, task }: TaskRun, instructions: string): Conversation {
  const said = log.conversation.slice(1)
  return [{ role: 'system', content: instructions }, ...(said.length > 0 ? said : [userSays(task.input)])]
}

function userSays(content: string): Conversation[number] {
  return { role: 'user', content }
}

/** No text has more tokens than bytes. Cautious on purpose: a request that does not fit is refused after a wait. */
function mostTokens(conversation: Conversation): number {
  return Buffer.byteLength(JSON.stringify(conversation))
}
