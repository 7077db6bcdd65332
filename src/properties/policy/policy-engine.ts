import type { RequestSent } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { parseQuestion } from '../../wire/policy-service.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { EngineEnd, EngineQuestion } from './engine-questions.ts'
import { EngineQuestions } from './engine-questions.ts'

interface State {
  readonly governed: ReadonlySet<string>
  readonly questions: EngineQuestions
  /** Names of the tools that the latest reply asks for, by task. */
  readonly asked: Map<number, readonly string[]>
}

/** P8: where the policy engine has not allowed it, it does not happen. */
export const policyEngine = defineProperty<State>({
  id: 'P8',
  name: 'policy.engine',
  kind: 'safety',
  statement:
    'A tool that stands under a policy engine is called only after the engine has been asked in the same task about that tool and those very arguments, and its answer came whole, with a status of success, and said that the call is allowed. What is denied is not executed, and neither is what the engine did not decide: because it failed, was given up, has not answered yet, or said something else. An answer serves for every such call of the task until the engine is asked anew. Engines are read in the words of the Open Policy Agent; one that errs is believed.',
  applies:
    'where the profile declares tools under a policy engine (`tools.governed`); exercised where an engine denies such a call or decides nothing.',
  outlivesProcess: true,
  start: ({ profile }) => {
    const governed = new Set(profile.tools?.governed)
    return governed.size > 0 ? { governed, questions: new EngineQuestions(), asked: new Map() } : null
  },
  on: {
    'request.sent': (state, event, judge) => {
      const question = event.kind === 'policy' ? parseQuestion(event.body) : null
      if (question && state.governed.has(question.name)) state.questions.asked(event, question)
      if (event.tool && state.governed.has(event.tool.name)) judgeCall(state, event, judge)
    },
    'response.end': (state, event, judge) => {
      if (event.model)
        state.asked.set(
          event.task,
          event.model.toolCalls.map(({ name }) => name),
        )
      ended(state, event, judge)
    },
    'request.failed': ended,
    'request.aborted': ended,
  },
})

function ended({ questions }: State, event: EngineEnd, judge: Judge): void {
  const question = questions.ended(event)
  if (question && question.answer !== 'allowed') judge.trigger()
}

function judgeCall({ questions, asked }: State, event: RequestSent, judge: Judge): void {
  const { tool, task, at, call } = event
  if (!tool) return
  const all = questions.about(task, tool)
  // A reply that asks for a tool twice makes questions side by side, of which nobody knows which belongs to which.
  const isAskedTwice = (asked.get(task)?.filter((name) => name === tool.name).length ?? 0) > 1
  const valid = isAskedTwice ? all : all.filter((question) => !isSuperseded(question, all))
  if (valid.some(({ answer }) => answer === 'allowed')) return
  const last = valid.at(-1)
  const allowed = questions.allowedOtherwise(task, tool.name)
  const why = last ? notAllowedWords(last) : neverAskedWords(allowed)
  const source = last ?? allowed
  judge.violate({
    sentence: `tool ${quote(tool.name)}, which stands under a policy engine, was called at ${inSeconds(at)} (call ${call}) with ${quote(tool.arguments)}, but ${why}`,
    at,
    calls: source ? [source.call, call] : [call],
  })
}

/** Whether the engine was asked the same anew once it had answered: then only the later answer counts. */
function isSuperseded({ endedAsOf }: EngineQuestion, all: readonly EngineQuestion[]): boolean {
  return endedAsOf !== null && all.some((later) => later.sentAsOf > endedAsOf)
}

function notAllowedWords({ call, sentAt, answer, end }: EngineQuestion): string {
  if (answer === null) return `the engine, asked at ${inSeconds(sentAt)} (call ${call}), had not answered yet`
  if (answer === 'denied') return `the engine had denied it (call ${call}, ${end})`
  return `the engine had decided nothing (call ${call}, ${end})`
}

function neverAskedWords(allowed: EngineQuestion | null): string {
  if (!allowed) return 'the engine had not been asked about it'
  return `what the engine had allowed (call ${allowed.call}) was the call with ${quote(allowed.tool.arguments)}`
}
