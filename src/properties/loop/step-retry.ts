import type { RequestAborted, RequestFailed, RequestSent, ResponseEnd, ToolCall } from '../../contract/event.ts'
import { toolCallIdentity } from '../../contract/tool-call.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { type AttemptLedger, attemptLedgerOf } from '../retry/attempt-ledger.ts'
import { inSeconds } from '../virtual-time.ts'

/** The tool calls of one step of a task, from the reply that asked for them on. */
interface Step {
  /** What the request before the reply knew; a request that knows the same repeats the step. */
  knowledge: string
  /** What the reply asks for. */
  asks: readonly ToolCall[]
  /** How often each call of the step has been completed, and the last of them. */
  readonly completed: Map<string, { times: number; call: number }>
  /** Whether a model has been asked since, so that the step is over or repeated. */
  isBehind: boolean
}

interface State {
  readonly ledger: AttemptLedger
  readonly requests: Map<number, RequestSent>
  readonly steps: Map<number, Step>
}

/** L10: what a step has completed is not done again when the step is. */
export const stepRetry = defineProperty<State>({
  id: 'L10',
  name: 'loop.step-retry',
  kind: 'safety',
  statement:
    'When a model request is repeated after tool calls have been completed (the next request attempted again, or one with the same history as the one before the calls), a completed call is not made again with the same arguments, unless a reply to a request with another history asks for it, or one reply asks for it several times.',
  applies: 'always.',
  start: (facts) => ({ ledger: attemptLedgerOf(facts), requests: new Map(), steps: new Map() }),
  on: {
    'request.sent': (state, event, judge) => {
      const attempt = state.ledger.latest
      const step = state.steps.get(event.task)
      state.requests.set(event.call, event)
      if (event.model && step && step.completed.size > 0) {
        if (event.attempt > 1 || knowledgeOf(event) === step.knowledge) judge.trigger()
        step.isBehind = true
      }
      if (!event.tool || !step?.isBehind || attempt === null || attempt.attempt > 1) return
      const before = step.completed.get(keyOf(event))
      if (!before || before.times < mostAlike(step.asks, event.tool.name)) return
      judge.violate({
        sentence: `tool ${quote(event.tool.name)} was called again at ${inSeconds(event.at)} (call ${event.call}) with ${quote(event.tool.arguments)}, but call ${before.call} had completed that and no model that knew of it has asked again`,
        at: event.at,
        calls: [before.call, event.call],
      })
    },
    'response.end': (state, event) => {
      const request = state.requests.get(event.call)
      state.requests.delete(event.call)
      if (!request) return
      if (event.model) replied(state, event, request)
      else if (request.tool && event.class === 'success') complete(state.steps.get(event.task), request)
    },
    'request.failed': forget,
    'request.aborted': forget,
  },
})

function replied({ steps }: State, { task, model }: ResponseEnd, request: RequestSent): void {
  const step = steps.get(task)
  const knowledge = knowledgeOf(request)
  const asks = model?.toolCalls ?? []
  if (step?.knowledge === knowledge) step.asks = asks
  else steps.set(task, { knowledge, asks, completed: new Map(), isBehind: false })
}

function complete(step: Step | undefined, request: RequestSent): void {
  if (!step) return
  const done = getOrCreate(step.completed, keyOf(request), () => ({ times: 0, call: request.call }))
  done.times += 1
  done.call = request.call
}

function forget({ requests }: State, event: RequestFailed | RequestAborted): void {
  requests.delete(event.call)
}

/** What a request tells the model of the task so far. */
function knowledgeOf({ model }: RequestSent): string {
  const results = model?.toolResults.map(({ callId }) => callId) ?? []
  return `${model?.messages} ${results.join(' ')}`
}

function keyOf(request: RequestSent): string {
  const { tool, method, url } = request
  return JSON.stringify([tool?.name, method, url, toolCallIdentity(request)])
}

/** How often the most frequent of the calls of a tool stands in a reply; 1 where there is none. */
function mostAlike(calls: readonly ToolCall[], tool: string): number {
  const alike = new Map<string, number>()
  for (const { name, arguments: text } of calls) {
    if (name !== tool) continue
    const words = text.replaceAll(/\s/g, '')
    alike.set(words, (alike.get(words) ?? 0) + 1)
  }
  return Math.max(1, ...alike.values())
}
