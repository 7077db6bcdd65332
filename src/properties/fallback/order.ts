import type { TaskEnded } from '../../contract/event.ts'
import { epochMs } from '../../contract/epoch.ts'
import type { Judge } from '../../contract/property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import type { FallbackLedger } from './fallback-ledger.ts'
import { isCallersMistake } from './source-call.ts'
import { callEndWords, taskWords } from './fallback-words.ts'
import type { SourceCall } from './source-call.ts'
import type { TaskLine } from './task-line.ts'

/** A source that a task went past, which only a refusal by the agent itself can explain. */
interface Skip {
  readonly place: number
  readonly sentence: string
  readonly from: number
  readonly at: number
  readonly calls: readonly number[]
}

interface Rules {
  /** Milliseconds after which a model request that is still under way counts as failed; null: not declared. */
  readonly modelMs: number | null
  /** Milliseconds for one search for a reply, waits included; null: not declared. */
  readonly stepMs: number | null
  readonly skips: Map<number, Skip[]>
}

/** F1: sources are tried in the declared order. */
export const fallbackOrder = defineFallbackProperty<Rules>({
  id: 'F1',
  name: 'fallback.order',
  statement:
    'Within one search for a reply, a source is asked only after every model source before it in the chain was asked and gave no usable reply, or could not be asked: its request would not fit its declared window, the declared `timeouts.stepMs` were over, or a declared breaker, bulkhead or rate limit can have refused it, which must stand in `claims.refusals` where the agent claims any. An answer that is reported as kept, or as fixed text with `end_turn`, obeys the same order, and no source after it was asked before. Whether a cache was looked into is not seen.',
  applies: 'where the profile declares `fallback`.',
  begin: ({ profile: { timeouts } }) => ({
    modelMs: timeouts?.modelMs ?? null,
    stepMs: timeouts?.stepMs ?? null,
    skips: new Map(),
  }),
  asked: ({ ledger, rules }, line, call, judge) => {
    const { places } = call
    const first = places[0]
    if (first === undefined || first === 0) return
    judge.trigger()
    const skipsOf = (place: number): readonly Skip[] => {
      const what = `the request to source ${quote(ledger.chain.nameOf(place))} of ${taskWords(line)} was sent at ${inSeconds(call.sentAt)} (call ${call.call})`
      return skipped(ledger, rules, line, place, { what, at: call.sentAt, call })
    }
    const readings = places.map(skipsOf)
    // Where the chain does not tell sources apart, the request is the one that it is right for.
    const best = readings.find((skips) => skips.length === 0) ?? readings[0] ?? []
    best.forEach((skip) => book(ledger, rules, line, skip, judge))
  },
  concluded: ({ ledger, rules }, line, event, judge) => {
    if (!line.isOnlyResumed) judgeClaimed(ledger, rules, line, event, judge)
    judgeRefusals(ledger, rules.skips.get(line.task) ?? [], event, judge)
    rules.skips.delete(line.task)
  },
})

interface Use {
  readonly what: string
  readonly at: number
  readonly call: SourceCall | null
}

/** The model sources before a place that neither failed in this search nor could not be asked. */
function skipped(ledger: FallbackLedger, rules: Rules, line: TaskLine, before: number, use: Use): readonly Skip[] {
  const { sources } = ledger.chain
  // Whoever waits for a source until the time of the step is up never gets to ask it.
  if (rules.stepMs !== null && use.at >= line.step.startedAt + rules.stepMs) return []
  return sources.slice(0, before).flatMap((source, place): readonly Skip[] => {
    if (source.upstream === undefined || line.step.failed.has(place)) return []
    const { windowTokens = Infinity } = source
    if ((use.call?.view.inputTokens ?? 0) > windowTokens) return []
    const open = [...line.step.calls].find((call) => call.endedAt === null && call.places.includes(place))
    if (open && (rules.modelMs === null || use.at >= open.sentAt + rules.modelMs)) return []
    const why = open
      ? `call ${open.call} to source ${quote(source.source)}, sent at ${inSeconds(open.sentAt)}, was still under way`
      : `source ${quote(source.source)}, which comes before it, had not been asked for this reply`
    const calls = [...(open ? [open.call] : []), ...(use.call ? [use.call.call] : [])]
    return [{ place, sentence: `${use.what}, but ${why}`, from: line.step.startedAt, at: use.at, calls }]
  })
}

/** A skip that nothing declared can explain is certain at once; the others wait for the agent's claims. */
function book(ledger: FallbackLedger, { skips }: Rules, line: TaskLine, skip: Skip, judge: Judge): void {
  const { upstream = '' } = ledger.chain.sources[skip.place] ?? {}
  if (ledger.grounds.mayRefuse(upstream)) getOrCreate(skips, line.task, () => []).push(skip)
  else judge.violate({ sentence: skip.sentence, at: skip.at, calls: skip.calls })
}

function judgeRefusals(
  { chain }: FallbackLedger,
  skips: readonly Skip[],
  { at, outcome }: TaskEnded,
  judge: Judge,
): void {
  const refusals = outcome.claims?.refusals
  if (!refusals) return
  for (const skip of skips) {
    const upstream = chain.sources[skip.place]?.upstream
    const isClaimed = refusals.some((refusal) => {
      const refusedAt = refusal.atMs - epochMs
      return refusal.upstream === upstream && refusedAt >= skip.from && refusedAt <= skip.at
    })
    if (isClaimed) continue
    judge.violate({ sentence: `${skip.sentence}, and the agent claims no refusal of it`, at, calls: skip.calls })
  }
}

function judgeClaimed(ledger: FallbackLedger, rules: Rules, line: TaskLine, event: TaskEnded, judge: Judge): void {
  const { claims, stop } = event.outcome
  const place = ledger.chain.placeOf(claims?.source)
  const source = ledger.chain.sources[place]
  if (!source || place === 0 || source.upstream !== undefined || line.cancelledAt !== null) return
  judge.trigger()
  const what = `${taskWords(line)} took its answer from source ${quote(source.source)} at ${inSeconds(event.at)}`
  const later = [...line.step.calls].find(({ places }) => places.length > 0 && places.every((other) => other > place))
  if (later) {
    const sentence = `${what}, but ${callEndWords(later)}, and had asked source ${quote(ledger.chain.nameOf(later.places[0] ?? -1))}, which comes after it`
    judge.violate({ sentence, at: event.at, calls: [later.call] })
  }
  const isFinal = stop === 'end_turn' || (source.cache !== undefined && stop !== 'deadline')
  if (!isFinal || isCallersMistake(line.step.lastEnded)) return
  for (const skip of skipped(ledger, rules, line, place, { what, at: event.at, call: null })) {
    book(ledger, rules, line, skip, judge)
  }
}
