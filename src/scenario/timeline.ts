import type { RecordedHeaders, ToolCall, TraceEvent } from '../contract/event.ts'
import type { FaultPlan } from '../contract/fault.ts'
import type { PropertyFacts } from '../contract/property.ts'
import type { UpstreamKind } from '../contract/upstream-kind.ts'
import type { TimelineEntry } from '../results/results-schema.ts'
import { quantity } from '../results/quantity.ts'
import { secretRedactor } from '../properties/redact-secrets.ts'
import { type KeyWords, keyWordsOf } from './key-words.ts'

type Words = Pick<TimelineEntry, 'kind' | 'text'>

/** What the words of a timeline need to know besides the events. */
interface Around {
  readonly plan: FaultPlan
  readonly keyWords: KeyWords
  /** Headers of the answers that have begun, by call. */
  readonly heads: Map<number, RecordedHeaders>
}

/**
 * The events of a trial in words, for people, with the secrets taken out.
 *
 * @param facts the profile and secrets of the scenario
 */
export function timelineOf(events: readonly TraceEvent[], plan: FaultPlan, facts?: PropertyFacts): TimelineEntry[] {
  const redact = secretRedactor(facts?.secrets ?? [])
  const around: Around = {
    plan,
    keyWords: keyWordsOf(events, facts?.profile.tools?.effectful ?? [], redact),
    heads: new Map(),
  }
  return events.flatMap((event) => {
    const words = inWords(event, around)
    if (words === null) return []
    const ofCall = 'call' in event ? { call: event.call, upstream: event.upstream } : { call: null }
    return [{ at: event.at, kind: words.kind, text: redact(words.text), ...ofCall }]
  })
}

function inWords(event: TraceEvent, { plan, keyWords, heads }: Around): Words | null {
  switch (event.type) {
    case 'task.started':
      return { kind: 'task', text: `task "${event.id}" reaches the agent${event.resumed === true ? ' again' : ''}` }
    case 'task.cancelled':
      return { kind: 'task', text: `task "${event.id}" is cancelled` }
    case 'request.sent':
      return { kind: kindOf(event.kind), text: `${requestWords(event)}${keyWords(event)}` }
    case 'fault.injected':
      return { kind: 'fault', text: faultWords(event, plan) }
    case 'response.head':
      heads.set(event.call, event.headers)
      return null
    case 'response.chunk':
      return null
    case 'response.end': {
      const hints = hintWords(event, heads.get(event.call))
      return { kind: kindOf(event.kind), text: `${event.upstream} answers ${event.status}${replyWords(event)}${hints}` }
    }
    case 'request.failed':
      return {
        kind: kindOf(event.kind),
        text: `the connection to ${event.upstream} fails with ${event.cause}${partialWords(event)}`,
      }
    case 'request.aborted':
      return {
        kind: kindOf(event.kind),
        text: `the agent gives up waiting for ${event.upstream}${partialWords(event)}`,
      }
    case 'request.refused':
      return { kind: 'world', text: `a call to ${event.host} is refused: no upstream claims it` }
    case 'effect.applied':
      return { kind: 'effect', text: `${event.upstream} takes effect: ${event.effect.key}` }
    case 'approval.asked':
      return { kind: 'approval', text: `approval asked for ${event.tool}(${JSON.stringify(event.arguments)})` }
    case 'approval.answered':
      return { kind: 'approval', text: `${event.tool} is ${event.decision}` }
    case 'task.ended':
      return { kind: 'end', text: `the agent stops with ${event.outcome.stop}: ${preview(event.outcome.answer)}` }
    case 'task.threw':
      return { kind: 'end', text: event.thrown }
    case 'task.graded':
      return {
        kind: 'end',
        text: `task "${event.id}" is ${event.problem === null ? 'solved' : `not solved: ${event.problem}`}`,
      }
    case 'world.healed':
      return { kind: 'world', text: 'injection stops, the world heals' }
    case 'process.killed':
      return { kind: 'world', text: `the process of the agent is killed${lostCalls(event.calls)}` }
    case 'process.restarted':
      return { kind: 'world', text: 'the process of the agent is started again' }
    case 'process.blocked':
      return { kind: 'world', text: `the event loop of the agent is blocked for ${event.forMs} ms` }
    case 'clock.jumped':
      return { kind: 'world', text: `the wall clock of the agent is set ${setWords(event.byMs)}` }
    case 'timers.late':
      return { kind: 'world', text: `timers of the agent fire late, at whole multiples of ${event.spanMs} ms` }
    case 'world.outside':
      return { kind: 'world', text: `${event.what} runs outside the world` }
    case 'trial.ended':
      return { kind: 'end', text: endWords(event) }
  }
}

/** A policy service stands in the lane of approvals, a server of MCP in that of tools; the rest is the world. */
function kindOf(kind: UpstreamKind): TimelineEntry['kind'] {
  if (kind === 'policy') return 'approval'
  if (kind === 'mcp') return 'tool'
  return kind === 'model' || kind === 'tool' || kind === 'approval' ? kind : 'world'
}

function requestWords(event: Extract<TraceEvent, { type: 'request.sent' }>): string {
  const again = event.attempt > 1 ? `, attempt ${event.attempt}` : ''
  if (event.tool !== null) return `calls ${event.tool.name}(${JSON.stringify(event.tool.arguments)})${again}`
  if (event.model !== null) {
    return `asks ${event.upstream} with ${quantity(event.model.messages, 'message')}, ${quantity(event.model.inputTokens, 'token')}${again}`
  }
  return `${event.method} to ${event.upstream}${again}`
}

function faultWords(event: Extract<TraceEvent, { type: 'fault.injected' }>, plan: FaultPlan): string {
  const parameters = plan.faults[event.fault]?.parameters ?? {}
  const given = Object.keys(parameters).length > 0 ? ` ${JSON.stringify(parameters)}` : ''
  return `fault ${event.fault + 1} strikes ${event.upstream}: ${event.id}${given}`
}

function replyWords(event: Extract<TraceEvent, { type: 'response.end' }>): string {
  const code = event.errorCode === null ? '' : ` ${event.errorCode}`
  if (event.class === 'indeterminate') return `${code}, and the stream ends before it is whole${partialWords(event)}`
  if (event.class === 'failure' && event.status < 400) return ` and then an error${code}${partialWords(event)}`
  if (event.model === null) return code
  const { toolCalls, content } = event.model
  return toolCalls.length === 0 ? `: ${preview(content)}` : `: asks for ${callWords(toolCalls)}`
}

/** What an answer that refuses says of another attempt: properties of retries judge by it. */
function hintWords({ status }: Extract<TraceEvent, { type: 'response.end' }>, headers: RecordedHeaders = {}): string {
  if (status < 400) return ''
  const given = ['retry-after-ms', 'retry-after', 'x-should-retry'].flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [`"${name}: ${value.length > 60 ? `${value.slice(0, 59)}…` : value}"`]
  })
  return given.length === 0 ? '' : `, with ${given.join(' and ')}`
}

function lostCalls(calls: readonly number[]): string {
  return calls.length === 0 ? '' : `, with ${quantity(calls.length, 'call')} under way`
}

function setWords(byMs: number): string {
  return byMs < 0 ? `back by ${-byMs} ms` : `forward by ${byMs} ms`
}

/** What had come of a streamed reply that never became whole. */
function partialWords({ partial }: Extract<TraceEvent, { partial: unknown }>): string {
  if (partial === null) return ''
  const { toolCalls, content } = partial
  if (toolCalls.length > 0) return `, after asking for ${callWords(toolCalls)}`
  return content === null || content === '' ? ', before a word of it' : `, after ${preview(content)}`
}

function callWords(calls: readonly ToolCall[]): string {
  return calls.map(({ name, arguments: args }) => `${name}(${args})`).join(', ')
}

function endWords({ how, detail, leftovers }: Extract<TraceEvent, { type: 'trial.ended' }>): string {
  const left = leftovers.length > 0 ? `, leaving ${leftovers.join(', ')}` : ''
  return `the trial ${how === 'finished' ? 'ends' : how}${detail === '' ? '' : `: ${detail}`}${left}`
}

function preview(text: string | null): string {
  if (text === null) return 'no answer'
  return text.length > 160 ? `"${text.slice(0, 157)}..."` : `"${text}"`
}
