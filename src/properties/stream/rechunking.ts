import type { EventOf, TraceEvent } from '../../contract/event.ts'
import type { Fault, FaultPlan } from '../../contract/fault.ts'
import type { Outcome } from '../../contract/outcome.ts'
import type { Judge, Run } from '../../contract/property.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

const faultId = 'sse.frames.split'

/** Every stream in pieces of seven bytes: inside characters, fields and line ends; each at the time of its frame. */
const split: Fault = {
  id: faultId,
  target: { kind: 'model', name: '*' },
  trigger: { on: 'every', n: 1 },
  parameters: { pieceBytes: 7, framesTogether: 1, lineEnd: 'crlf' },
}

/** What these strike depends on how many turns the agent takes to read a reply, and more pieces take more. */
const countsTurns: ReadonlySet<string> = new Set(['task.abort', 'process.kill'])

type TaskEnd = EventOf<'task.ended'> | EventOf<'task.threw'>

/** Z2: what a stream says does not depend on how it travels. */
export const rechunking = defineProperty<true>({
  id: 'Z2',
  name: 'stream.rechunking',
  kind: 'metamorphic',
  statement:
    'The same trial with every streamed reply in pieces of seven bytes and with CRLF line ends, at the same times, ends every task with the same answer, stop reason and claims (times of day aside) and causes the same effects in the same order. Streams of binary frames, as Bedrock has them, are left as they are, and so are trials with a kill or an abort, which strike so many turns after a reply.',
  applies: 'always; exercised where replies are streamed, in a share of the trials.',
  start: () => true,
  on: {},
  relation: { vary, compare },
})

function vary({ faults }: FaultPlan): FaultPlan | null {
  return faults.some(({ id }) => id === faultId || countsTurns.has(id)) ? null : { faults: [...faults, split] }
}

function compare(original: Run, varied: Run, judge: Judge): void {
  if (!varied.events.some((event) => event.type === 'fault.injected' && event.id === faultId)) return
  // More pieces are more events: a trial that only then meets its limit shows nothing.
  if (hasExpired(varied.events) && !hasExpired(original.events)) return
  judge.trigger()
  const difference =
    outcomeDifference(original.events, varied.events) ?? effectDifference(original.events, varied.events)
  if (difference) judge.violate({ ...difference, calls: [] })
}

interface Difference {
  readonly sentence: string
  readonly at: number
}

function outcomeDifference(original: readonly TraceEvent[], varied: readonly TraceEvent[]): Difference | null {
  const ends = new Map(varied.filter(isTaskEnd).map((event) => [event.task, event]))
  for (const event of original.filter(isTaskEnd)) {
    const other = ends.get(event.task)
    const [here, there] = [endWords(event), other ? endWords(other) : 'not at all']
    if (here === there) continue
    const sentence = `task ${quote(event.id)} ended at ${inSeconds(event.at)} ${here}, but with the same streams in other pieces ${there}`
    return { sentence, at: event.at }
  }
  return null
}

function effectDifference(original: readonly TraceEvent[], varied: readonly TraceEvent[]): Difference | null {
  const [here, there] = [original.filter(isEffect), varied.filter(isEffect)]
  for (let index = 0; index < Math.max(here.length, there.length); index++) {
    const [one, other] = [here[index], there[index]]
    const words = [one, other].map((event) => (event ? quote([event.effect.tool, event.effect.key]) : 'none'))
    if (JSON.stringify(one?.effect) === JSON.stringify(other?.effect)) continue
    const sentence = `effect number ${index + 1} was ${words[0]}, but with the same streams in other pieces ${words[1]}`
    return { sentence, at: (one ?? other)?.at ?? 0 }
  }
  return null
}

function endWords(event: TaskEnd): string {
  if (event.type === 'task.threw') return `without an outcome (${event.thrown})`
  const { answer, stop } = event.outcome
  return `with ${quote(stop)}, ${quote(answer)} and the claims ${JSON.stringify(withoutTimes(event.outcome))}`
}

function withoutTimes({ claims = {} }: Outcome): unknown {
  const { asOfMs: _, refusals, ...others } = claims
  return { ...others, refusals: refusals?.map(({ upstream, by }) => ({ upstream, by })) }
}

function isTaskEnd(event: TraceEvent): event is TaskEnd {
  return event.type === 'task.ended' || event.type === 'task.threw'
}

function isEffect(event: TraceEvent): event is EventOf<'effect.applied'> {
  return event.type === 'effect.applied'
}

function hasExpired(events: readonly TraceEvent[]): boolean {
  return events.some((event) => event.type === 'trial.ended' && event.how === 'expired')
}
