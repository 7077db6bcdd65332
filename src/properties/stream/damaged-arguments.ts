import type { RequestSent, ResponseEnd, ToolCall } from '../../contract/event.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { Judge } from '../../contract/property.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { includesJson } from '../same-json.ts'
import { type AttemptLedger, attemptLedgerOf } from '../retry/attempt-ledger.ts'
import { inSeconds } from '../virtual-time.ts'
import { mend, speltCalls } from './damaged-reply.ts'
import type { ModelEnd } from './unfinished-reply.ts'

const damaging: ReadonlySet<string> = new Set([
  'sse.dup',
  'sse.malformed',
  'sse.reorder',
  'sse.drop',
  'sse.partial_json',
])

/** A reply whose stream was damaged, as the last thing that a model said in its task. */
interface Damaged {
  readonly call: number
  /** What it asks for, damage included. */
  readonly asked: readonly Pick<ToolCall, 'name' | 'arguments'>[]
  /** What its pieces spell, damage included; where a last event tells everything once more, only these are damaged. */
  readonly spelt: readonly Pick<ToolCall, 'name' | 'arguments'>[]
  /** The same without repeated and unreadable frames. */
  readonly mended: readonly Pick<ToolCall, 'name' | 'arguments'>[]
}

interface State {
  readonly ledger: AttemptLedger
  readonly struck: Set<number>
  readonly last: Map<number, Damaged | null>
}

/** Z3: repeated, missing and unreadable frames do no harm. */
export const damagedArguments = defineProperty<State>({
  id: 'Z3',
  name: 'stream.damaged-arguments',
  kind: 'safety',
  statement:
    'After a fault has repeated, dropped or spoilt a frame of a stream, a tool call whose arguments are no JSON object any more is not executed, except with the arguments that the frames without the damage spell. What is well-formed in spite of the damage cannot be told from the truth and may be executed. Calls of Gemini come whole in one frame each, so that damage never leaves half of one.',
  applies: 'always; exercised where replies are streamed.',
  start: (facts) => ({ ledger: attemptLedgerOf(facts), struck: new Set(), last: new Map() }),
  on: {
    'fault.injected': ({ struck }, event) => {
      if (damaging.has(event.id)) struck.add(event.call)
    },
    'response.end': ended,
    'request.failed': ended,
    'request.aborted': ended,
    'request.sent': (state, event, judge) => {
      const attempt = state.ledger.latest
      const damaged = state.last.get(event.task)
      if (!event.tool || !damaged || attempt === null || attempt.attempt > 1) return
      const broken = brokenCall(damaged, event)
      if (!broken) return
      judge.violate({
        sentence: `tool ${quote(event.tool.name)} was called at ${inSeconds(event.at)} (call ${event.call}) with ${quote(event.tool.arguments)}, but call ${damaged.call}, whose stream was damaged, had asked for it with ${quote(broken.arguments)}, which is no JSON object`,
        at: event.at,
        calls: [damaged.call, event.call],
      })
    },
  },
})

function ended(state: State, event: ModelEnd, judge: Judge): void {
  if (event.kind !== 'model') return
  const isStruck = state.struck.delete(event.call)
  if (isStruck) judge.trigger()
  state.last.set(event.task, event.type === 'response.end' && isStruck ? readDamaged(event) : null)
}

function readDamaged({ call, model, partial, body }: ResponseEnd): Damaged {
  const asked = (model ?? partial)?.toolCalls ?? []
  return { call, asked, spelt: speltCalls(body), mended: mend(body)?.toolCalls ?? [] }
}

/** The damaged call that a request can only have come from; null where something sound explains it. */
function brokenCall({ asked, spelt, mended }: Damaged, { tool }: RequestSent) {
  if (!tool) return null
  const broken = [asked, spelt].map((calls) => brokenAmong(calls, tool.name)).find((call) => call !== null)
  if (!broken) return null
  const isExplained = [...mended, ...asked, ...spelt].some((call) => {
    const sound = call.name === tool.name ? parse(call.arguments) : undefined
    return sound !== undefined && (includesJson(tool.arguments, sound) || includesJson(sound, tool.arguments))
  })
  return isExplained ? null : broken
}

/** The first call of a tool, where none of its calls is sound. */
function brokenAmong(calls: Damaged['asked'], tool: string) {
  const named = calls.filter(({ name }) => name === tool)
  return named.some((call) => parse(call.arguments)) ? null : (named[0] ?? null)
}

function parse(text: string) {
  try {
    return jsonObjectSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
