import type { Judge } from '../../contract/property.ts'
import type { DefinedProperty } from '../define-property.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { attemptLedgerOf } from '../retry/attempt-ledger.ts'
import { inSeconds } from '../virtual-time.ts'
import { hasOnlyDamage } from './damaged-reply.ts'
import type { Premature } from './tool-asks.ts'
import { ToolAsks } from './tool-asks.ts'
import type { ModelEnd, UnfinishedReply } from './unfinished-reply.ts'
import { unfinishedReply, unfinishedWords } from './unfinished-reply.ts'

/** What a property says of unfinished replies. */
export interface UnfinishedPropertyDefinition {
  readonly id: string
  readonly name: string
  readonly statement: string
  /** How the replies that it speaks of ended. */
  readonly by: UnfinishedReply['by']
  /** Whether it forbids calling the tools that they ask for. */
  readonly judgesTools: boolean
  /** Whether it forbids giving their text as the answer. */
  readonly judgesAnswers: boolean
}

interface State {
  readonly asks: ToolAsks
  /** Texts of unfinished replies, by task. */
  readonly texts: Map<number, UnfinishedReply[]>
  /** Contents of whole replies of the trial: what one of them says may be said, also from a cache. */
  readonly whole: Set<string>
}

/** A property that forbids some use of replies that never became whole. */
export function defineUnfinishedProperty(definition: UnfinishedPropertyDefinition): DefinedProperty {
  const { id, name, statement, by, judgesTools, judgesAnswers } = definition
  const ended = (state: State, event: ModelEnd, judge: Judge): void => {
    const premature = state.asks.ended(event)
    if (event.kind !== 'model') return
    const unfinished = unfinishedReply(event)
    if (judgesAnswers) noteContents(state, event, unfinished)
    if (unfinished?.by === by && concerns(unfinished)) judge.trigger()
    if (premature) judgeCall(premature, judge)
  }
  const concerns = ({ reply }: UnfinishedReply): boolean =>
    (judgesTools && reply.toolCalls.length > 0) || (judgesAnswers && textOf(reply.content) !== '')
  const judgeCall = (premature: Premature, judge: Judge): void => {
    if (judgesTools && premature.asked.by === by && !hasOnlyDamage(premature.asked)) violateCall(premature, judge)
  }
  return defineProperty<State>({
    ...{ id, name, statement, kind: 'safety', applies: 'always; exercised where replies are streamed.' },
    start: (facts) => ({ asks: new ToolAsks(attemptLedgerOf(facts)), texts: new Map(), whole: new Set() }),
    on: {
      'request.sent': (state, event, judge) => {
        const premature = state.asks.sent(event)
        if (premature) judgeCall(premature, judge)
      },
      'response.end': ended,
      'request.failed': ended,
      'request.aborted': ended,
      'task.ended': (state, event, judge) => {
        const { answer, stop, claims } = event.outcome
        const text = textOf(answer)
        if (!judgesAnswers || stop !== 'end_turn' || claims?.degraded === true) return
        const unfinished = state.texts
          .get(event.task)
          ?.find((one) => one.by === by && text !== '' && textOf(one.reply.content) === text)
        if (!unfinished || [...state.whole].some((content) => textOf(content) === text)) return
        judge.violate({
          sentence: `task ${quote(event.id)} ended at ${inSeconds(event.at)} with the answer ${quote(answer)}, but that is what had come of call ${unfinished.call}, whose stream ${unfinishedWords(unfinished)}`,
          at: event.at,
          calls: [unfinished.call],
        })
      },
    },
  })
}

function noteContents({ texts, whole }: State, event: ModelEnd, unfinished: UnfinishedReply | null): void {
  if (event.type === 'response.end' && event.model?.content) whole.add(event.model.content)
  if (unfinished) getOrCreate(texts, event.task, (): UnfinishedReply[] => []).push(unfinished)
}

function violateCall({ request, asked }: Premature, judge: Judge): void {
  const tool = request.tool?.name ?? ''
  const half = asked.reply.toolCalls.find(({ name }) => name === tool)
  judge.violate({
    sentence: `tool ${quote(tool)} was called at ${inSeconds(request.at)} (call ${request.call}), but only call ${asked.call} had asked for it, with ${quote(half?.arguments)}, and its stream ${unfinishedWords(asked)}`,
    at: Math.max(request.at, asked.at),
    calls: [asked.call, request.call].toSorted((a, b) => a - b),
  })
}

function textOf(content: string | null): string {
  return content?.replaceAll(/\s+/g, ' ').trim() ?? ''
}
