import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { callEndWords, taskWords } from './fallback-words.ts'
import type { FallbackLedger } from './fallback-ledger.ts'
import type { Outcome } from '../../contract/outcome.ts'

/** F13: a chain that is at its end is told as a failure. */
export const exhaustion = defineFallbackProperty<true>({
  id: 'F13',
  name: 'fallback.exhaustion',
  statement:
    'A task does not stop with `end_turn` where its last search for a reply brought none: every model source that was asked failed, or none was asked, and no kept answer stands in. Fixed text may be given then, but it is no answer, and the stop says so.',
  applies: 'where the profile declares `fallback`.',
  begin: () => true,
  concluded: ({ ledger }, line, { at, outcome }, judge) => {
    if (line.lastReply || isKept(ledger, outcome)) return
    judge.trigger()
    if (outcome.stop !== 'end_turn') return
    const failed = [...line.step.calls]
    const last = line.step.lastEnded ?? failed.at(-1)
    const because = last
      ? `${failed.length === 1 ? 'its only request' : `all ${failed.length} requests`} for that reply brought none: ${callEndWords(last)}`
      : 'it had asked no source at all'
    const source = outcome.claims?.source === undefined ? '' : ` and claims source ${quote(outcome.claims.source)}`
    judge.violate({
      sentence: `${taskWords(line)} stopped at ${inSeconds(at)} with reason "end_turn"${source}, but ${because}`,
      at,
      calls: failed.map(({ call }) => call),
    })
  },
})

/** Whether the answer is said, or can be seen, to be one that was kept; F4 to F6 judge whether it may be. */
function isKept({ chain, made }: FallbackLedger, { answer, claims }: Outcome): boolean {
  const source = chain.sources[chain.placeOf(claims?.source)]
  if (source?.cache) return true
  if (claims?.source !== undefined || !answer?.trim()) return false
  return chain.sources.some(({ cache }) => cache) && made.saying(answer).some(({ flaw }) => flaw === null)
}
