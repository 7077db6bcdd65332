import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { isCallersMistake } from './source-call.ts'
import { callEndWords, taskWords } from './fallback-words.ts'

/** F2: what the caller did wrong is not taken to the next source. */
export const fallbackCause = defineFallbackProperty<true>({
  id: 'F2',
  name: 'fallback.cause',
  statement:
    'After a request to a source was refused as the caller’s own mistake (4xx other than 408, 409 and 429, unless it came with `x-should-retry: true`), the same search for a reply is not taken to another source, and no kept answer and no fixed text with `end_turn` takes its place; after a task was cancelled no further source is asked.',
  applies: 'where the profile declares `fallback`; after a refused request only where not `fallback.onNeutral`.',
  begin: () => true,
  answered: ({ ledger }, _line, call, judge) => {
    if (isCallersMistake(call) && call.places.length > 0 && !ledger.profile.onNeutral) judge.trigger()
  },
  cancelled: (_trial, line, _event, judge) => {
    if (line.endedAt === null) judge.trigger()
  },
  asked: ({ ledger }, line, call, judge) => {
    const place = call.places[0]
    const before = line.step.lastEnded
    if (place === undefined) return
    const source = quote(ledger.chain.nameOf(place))
    if (line.cancelledAt !== null && place > 0) {
      judge.violate({
        sentence: `${taskWords(line)} asked source ${source} at ${inSeconds(call.sentAt)} (call ${call.call}), but it had been cancelled at ${inSeconds(line.cancelledAt)}`,
        at: call.sentAt,
        calls: [call.call],
      })
    }
    if (ledger.profile.onNeutral || !isCallersMistake(before)) return
    if (before.places.some((other) => call.places.includes(other))) return
    judge.violate({
      sentence: `${taskWords(line)} asked source ${source} at ${inSeconds(call.sentAt)} (call ${call.call}) for the same reply, but ${callEndWords(before)}, which is the caller's own mistake`,
      at: call.sentAt,
      calls: [before.call, call.call],
    })
  },
  concluded: ({ ledger }, line, { at, outcome }, judge) => {
    const before = line.step.lastEnded
    if (ledger.profile.onNeutral || !isCallersMistake(before)) return
    const place = ledger.chain.placeOf(outcome.claims?.source)
    const source = ledger.chain.sources[place]
    if (!source || place === 0 || source.upstream !== undefined) return
    if (source.cache === undefined && outcome.stop !== 'end_turn') return
    judge.violate({
      sentence: `${taskWords(line)} answered from source ${quote(source.source)} at ${inSeconds(at)} with stop ${quote(outcome.stop)}, but ${callEndWords(before)}, which is the caller's own mistake`,
      at,
      calls: [before.call],
    })
  },
})
