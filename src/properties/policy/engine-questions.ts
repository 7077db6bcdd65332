import type { RequestAborted, RequestFailed, RequestSent, ResponseEnd, ToolRequestView } from '../../contract/event.ts'
import { parseDecision } from '../../wire/policy-service.ts'
import { sameJson } from '../same-json.ts'
import { inSeconds } from '../virtual-time.ts'

/** The end of a call of an engine, in whatever way. */
export type EngineEnd = ResponseEnd | RequestFailed | RequestAborted

/** A policy engine is asked whether a call may be made. */
export interface EngineQuestion {
  readonly call: number
  readonly task: number
  readonly tool: ToolRequestView
  readonly sentAt: number
  /** Place among all questions and answers of the trial. */
  readonly sentAsOf: number
  /** The same of its end; null while it is open. */
  endedAsOf: number | null
  /** What the agent got; null while it waits. */
  answer: 'allowed' | 'denied' | 'undecided' | null
  /** How it ended, e.g. `answered 500 at 0.020 s`; empty while it is open. */
  end: string
}

/** Follows what policy engines are asked in a trial, and what comes of it. */
export class EngineQuestions {
  readonly #questions: EngineQuestion[] = []
  #order = 0

  asked({ call, task, at }: RequestSent, tool: ToolRequestView): void {
    const sentAsOf = this.#order++
    this.#questions.push({ call, task, tool, sentAt: at, sentAsOf, endedAsOf: null, answer: null, end: '' })
  }

  /** The question that a call was; null where it was none. */
  ended(event: EngineEnd): EngineQuestion | null {
    const question = this.#questions.findLast(({ call }) => call === event.call)
    if (!question) return null
    question.endedAsOf = this.#order++
    question.answer = answerOf(event)
    question.end = endWords(event)
    return question
  }

  /** What was asked in a task about a tool with these arguments, in the order of asking. */
  about(task: number, { name, arguments: args }: ToolRequestView): readonly EngineQuestion[] {
    return this.#questions.filter(
      (question) => question.task === task && question.tool.name === name && sameJson(question.tool.arguments, args),
    )
  }

  /** The last call of a tool that an engine has allowed in a task, with whatever arguments. */
  allowedOtherwise(task: number, name: string): EngineQuestion | null {
    return (
      this.#questions.findLast(
        (question) => question.task === task && question.tool.name === name && question.answer === 'allowed',
      ) ?? null
    )
  }
}

function answerOf(event: EngineEnd): 'allowed' | 'denied' | 'undecided' {
  const decision = event.type === 'response.end' && event.class === 'success' ? parseDecision(event.body) : null
  if (decision === null) return 'undecided'
  return decision ? 'allowed' : 'denied'
}

function endWords(event: EngineEnd): string {
  const at = `at ${inSeconds(event.at)}`
  if (event.type === 'request.aborted') return `given up ${at}`
  return event.type === 'request.failed' ? `failed ${at}: ${event.cause}` : `answered ${event.status} ${at}`
}
