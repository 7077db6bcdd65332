import type { ModelReplyView, RequestSent, TaskEnded } from '../../contract/event.ts'
import type { JsonObject } from '../../contract/json.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { Judge } from '../../contract/property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { includesJson } from '../same-json.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineTimeoutProperty } from './define-timeout-property.ts'

/** What a model said, and by when it had to. */
interface Said {
  readonly call: number
  readonly at: number
  readonly over: number
  readonly reply: ModelReplyView
}

interface TaskReplies {
  readonly onTime: Said[]
  /** Replies that came once their time was over: to an agent that gave the call up, they never came. */
  readonly late: Said[]
}

/** T4: what comes too late has not come. */
export const lateAnswer = defineTimeoutProperty<Map<number, TaskReplies>>({
  id: 'T4',
  name: 'timeout.late-answer',
  statement:
    'A model reply that arrives after its `modelMs` were over, or after the call was given up, changes nothing: the answer is not its text, no tool is called because it asked for it, and no later request carries its tool calls, unless a reply that came in time said the same. One that comes as a blocked process goes on is not late.',
  applies:
    'where the profile declares `timeouts.modelMs`; exercised where a model call reaches that time or is given up.',
  begin: ({ modelMs }) => (modelMs === undefined ? null : new Map()),
  ended: ({ rules }, call, event, judge) => {
    const over = call.own?.at ?? Infinity
    if (call.kind !== 'model') return
    if (event.at >= over || call.ending === 'aborted') judge.trigger()
    if (event.type !== 'response.end' || !event.model) return
    const { onTime, late } = repliesOf(rules, event.task)
    // Who could not look at the clock saw the reply and the end of its time at once.
    const isLate = (event.at > over && !judge.isForgiving) || call.ending === 'aborted'
    const said = { call: call.call, at: event.at, over: Math.min(over, call.endedAt ?? over), reply: event.model }
    if (isLate) late.push(said)
    else onTime.push(said)
  },
  sent: ({ rules }, _call, event, judge) => {
    const replies = rules.get(event.task)
    if (!replies || replies.late.length === 0) return
    judgeCarried(replies, event, judge)
    judgeExecuted(replies, event, judge)
  },
  taskEnded: ({ rules }, { id }, event, judge) => {
    const replies = rules.get(event.task)
    if (event.type === 'task.ended' && replies) judgeAnswer(replies, id, event, judge)
  },
})

function judgeAnswer({ onTime, late }: TaskReplies, id: string, { at, outcome }: TaskEnded, judge: Judge): void {
  const says = ({ reply }: Said): boolean => reply.content?.trim() === outcome.answer?.trim()
  const said = outcome.answer?.trim() && !onTime.some(says) && late.find(says)
  if (said) violate(said, `task ${quote(id)} answered ${quote(outcome.answer)} at ${inSeconds(at)}`, at, [], judge)
}

function judgeCarried({ onTime, late }: TaskReplies, { model, at, call }: RequestSent, judge: Judge): void {
  const carries = (id: string): boolean => model?.toolCalls.some((carried) => carried.id === id) ?? false
  for (const said of late) {
    const carried = said.reply.toolCalls.find(({ id }) => carries(id))
    if (!carried || onTime.some(({ reply }) => reply.toolCalls.some(({ id }) => id === carried.id))) continue
    const what = `the model request at ${inSeconds(at)} (call ${call}) carries tool call ${quote(carried.id)}`
    violate(said, what, at, [call], judge)
  }
}

function judgeExecuted({ onTime, late }: TaskReplies, { tool, at, call }: RequestSent, judge: Judge): void {
  if (!tool) return
  const asks = ({ reply }: Said): boolean =>
    reply.toolCalls.some(({ name, arguments: text }) => name === tool.name && isAskedFor(tool.arguments, text))
  const said = !onTime.some(asks) && late.find(asks)
  if (said) violate(said, `tool ${quote(tool.name)} was called at ${inSeconds(at)} (call ${call})`, at, [call], judge)
}

/** What a back end adds to the arguments does not matter. */
function isAskedFor(given: JsonObject, text: string): boolean {
  try {
    const asked = jsonObjectSchema.safeParse(JSON.parse(text))
    return asked.success && includesJson(given, asked.data)
  } catch {
    return false
  }
}

function violate(said: Said, what: string, at: number, calls: readonly number[], judge: Judge): void {
  judge.violate({
    sentence: `${what}, as nothing but the reply to call ${said.call} says, which arrived at ${inSeconds(said.at)} when its time had been over since ${inSeconds(said.over)}`,
    at,
    calls: [said.call, ...calls],
  })
}

function repliesOf(tasks: Map<number, TaskReplies>, task: number): TaskReplies {
  return getOrCreate(tasks, task, () => ({ onTime: [], late: [] }))
}
