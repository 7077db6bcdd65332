import type { Message } from '../messages/message.ts'
import type { AgentOutcome } from './outcome.ts'
import type { TaskRun } from './task-run.ts'

/** An answer in the form that it was asked for in; or what the model is told of one that is not; or the end of trying. */
export type Formed = { readonly outcome: AgentOutcome } | { readonly repair: Message }

/**
 * Holds the answer of a model to the format of the options, so many times.
 *
 * @param isFinal whether there is no step left to answer again in
 */
export function formedAnswer(outcome: AgentOutcome, isFinal: boolean, { settings, log }: TaskRun): Formed {
  const { answerFormat: format } = settings
  if (!format || outcome.answer === null) return { outcome }
  const checked = format.check(outcome.answer)
  if ('answer' in checked) return { outcome: { ...outcome, answer: checked.answer } }
  log.unfitAnswers += 1
  if (isFinal || log.unfitAnswers > format.maxRepairs)
    return { outcome: { answer: null, stop: 'invalid_llm_response' } }
  const content = `Your answer does not fit the format "${format.name}" (${checked.problem}). Answer again, with JSON of that format and nothing else.`
  return { repair: { role: 'user', content } }
}

/** What a model said beside its last calls, where it fits the format; otherwise there is no answer. */
export function answerBesideCalls(text: string | null, { settings: { answerFormat: format } }: TaskRun): string | null {
  if (!format || text === null) return text
  const checked = format.check(text)
  return 'answer' in checked ? checked.answer : null
}
