import type { RequestSent, ResponseEnd, ToolCall } from '../../contract/event.ts'
import { isContextOverflow } from '../context-overflow.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { SummaryCalls } from '../summary-calls.ts'
import { inSeconds } from '../virtual-time.ts'
import { idsOf } from './call-ids.ts'
import { HistoryPairs } from './history-pairs.ts'

interface Pending {
  readonly toolCall: ToolCall
  readonly reply: ResponseEnd
}

interface TaskState {
  /** Tool calls of replies that no model request has followed yet. */
  pending: Pending[]
  readonly repliesWith: Map<string, number>
  /** Ids under which the history has calls that came without one. */
  readonly madeUp: Set<string>
  overflowed: boolean
  /** Calls whose reply is wanted as a stream. */
  readonly streamed: Set<number>
  /** Those whose reply comes as JSON all the same: whoever reads streams cannot read it, and who can, may. */
  readonly optional: Set<number>
}

interface State {
  readonly summaries: SummaryCalls
  readonly tasks: Map<number, TaskState>
}

/** L4: every tool call the model made has its one result by the next model request. */
export const callResult = defineProperty<State>({
  id: 'L4',
  name: 'loop.call-result',
  kind: 'safety',
  statement:
    'In the next new model request, other than for a declared summary, after a reply with tool calls, each of them has exactly one result; in no model request is there a call without result or a result without call. After a context overflow a compacted history may leave call and result out together; an id that a reply repeats may have one result or as many as it has calls, where the pieces of a streamed call give it several ids, any of them is its id, and a call without an id may go on under one of the agent. A reply in JSON where a stream was wanted need not have been read.',
  applies: 'always.',
  start: ({ profile }) => ({ summaries: new SummaryCalls(profile), tasks: new Map() }),
  on: {
    'response.head': ({ tasks }, { task, call, headers }) => {
      const { streamed, optional } = stateOf(tasks, task)
      if (streamed.has(call) && headers['content-type']?.startsWith('application/json')) optional.add(call)
    },
    'response.end': ({ tasks, summaries }, event) => {
      if (event.kind !== 'model' || summaries.has(event.call)) return
      const state = stateOf(tasks, event.task)
      if (isContextOverflow(event)) state.overflowed = true
      if (!event.model || event.model.toolCalls.length === 0) return
      for (const toolCall of event.model.toolCalls) {
        // A piece of a stream that belongs to no call asks for nothing.
        const asksNothing = (toolCall.id === '' && toolCall.name === '') || state.optional.has(event.call)
        if (!asksNothing) state.pending.push({ toolCall, reply: event })
      }
      for (const id of new Set(event.model.toolCalls.map((toolCall) => toolCall.id))) {
        state.repliesWith.set(id, (state.repliesWith.get(id) ?? 0) + 1)
      }
    },
    'request.sent': ({ tasks, summaries }, event, judge) => {
      if (!event.model || summaries.sent(event)) return
      const state = stateOf(tasks, event.task)
      if (event.model.stream) state.streamed.add(event.call)
      if (event.attempt > 1) return
      const pairs = new HistoryPairs(event.model)
      const { pending } = state
      if (pending.length > 0) judge.trigger()
      state.pending = []
      const sentence = defectWords(event, pairs, state) ?? absenceWords(event, pairs, pending, state)
      if (sentence === null) return
      judge.violate({ sentence, at: event.at, calls: [...new Set([...pending.map(replyCall), event.call])] })
    },
  },
})

function defectWords(event: RequestSent, pairs: HistoryPairs, state: TaskState): string | null {
  const defect = pairs.defect(state.repliesWith)
  return defect && `the model request at ${inSeconds(event.at)} (call ${event.call}) ${defect}`
}

function absenceWords(event: RequestSent, pairs: HistoryPairs, pending: readonly Pending[], state: TaskState) {
  const absent = state.overflowed
    ? undefined
    : pending.find((call) => !isCarried(call, pairs) && !isCarriedUnderAnother(call, event, state))
  if (!absent) return null
  const { toolCall, reply } = absent
  return `the model asked for tool call ${quote(toolCall.id)} (${quote(toolCall.name)}) at ${inSeconds(reply.at)}, but the next model request at ${inSeconds(event.at)} (call ${event.call}) carries neither the call nor a result`
}

/** The id that the reply was read with is tried first; its pieces are read only where the history has not that one. */
function isCarried({ toolCall, reply }: Pending, pairs: HistoryPairs): boolean {
  return pairs.has(toolCall.id) || [...idsOf(toolCall, reply)].some((id) => pairs.has(id))
}

/** A call without an id is known by its name, under an id that no reply gave and no other such call has. */
function isCarriedUnderAnother({ toolCall }: Pending, { model }: RequestSent, state: TaskState): boolean {
  if (toolCall.id !== '') return false
  const isNew = (id: string): boolean => !state.repliesWith.has(id) && !state.madeUp.has(id)
  const found = model?.toolCalls.find(({ id, name }) => name === toolCall.name && isNew(id))
  if (found) state.madeUp.add(found.id)
  return found !== undefined
}

function replyCall({ reply }: Pending): number {
  return reply.call
}

function stateOf(tasks: Map<number, TaskState>, task: number): TaskState {
  return getOrCreate(tasks, task, () => ({
    pending: [],
    repliesWith: new Map(),
    madeUp: new Set<string>(),
    overflowed: false,
    streamed: new Set<number>(),
    optional: new Set<number>(),
  }))
}
