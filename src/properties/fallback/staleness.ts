import { epochMs } from '../../contract/epoch.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import type { KeptAnswer } from './kept-answer.ts'
import { keptAnswer } from './kept-answer.ts'
import type { MadeAnswer } from './made-answers.ts'

/** F5: a kept answer is no older than declared, and says how old it is. */
export const staleness = defineFallbackProperty<true>({
  id: 'F5',
  name: 'fallback.staleness',
  statement:
    'An answer that the agent claims of a cache was made no longer than the declared `maxStaleMs` before it is given, and `claims.asOfMs` says when: between the end of the reply that it was and the end of the task that it was made for. An answer made several times may be any of them.',
  applies: 'where `fallback.chain` of the profile has a cache.',
  outlivesProcess: true,
  begin: (_facts, { chain }) => (chain.sources.some(({ cache }) => cache) ? true : null),
  concluded: ({ ledger }, line, { at, outcome }, judge) => {
    const kept = keptAnswer(ledger, line, outcome)
    if (!kept) return
    judge.trigger()
    const because = complaint(kept, at)
    if (because === null) return
    judge.violate({
      sentence: `${taskWords(line)} answered ${quote(kept.answer)} at ${inSeconds(at)} from source ${quote(kept.source.source)}, but ${because}`,
      at,
      calls: kept.right.flatMap(({ call }) => call ?? []).slice(-1),
    })
  },
})

function complaint({ claims, source, right, foreign }: KeptAnswer, now: number): string | null {
  const { maxStaleMs = Infinity } = source.cache ?? {}
  const limit = `the agent declares at most ${inSeconds(maxStaleMs)}`
  if (claims.asOfMs === undefined) return 'it does not say when that answer was made (`claims.asOfMs`)'
  const asOf = claims.asOfMs - epochMs
  const makers = right.length > 0 ? right : foreign
  const latest = makers.reduce((end, maker) => Math.max(end, keptBy(maker, now)), -Infinity)
  if (makers.length > 0 && now - latest > maxStaleMs) {
    return `it was made at ${inSeconds(latest)} at the latest, ${inSeconds(now - latest)} before, and ${limit}`
  }
  if (asOf > now) return `it claims to be of ${inSeconds(asOf)}, which had not come yet`
  if (now - asOf > maxStaleMs) return `it claims to be of ${inSeconds(asOf)}, and ${limit}`
  const isTrue = makers.length === 0 || makers.some((maker) => asOf >= maker.at && asOf <= keptBy(maker, now))
  return isTrue ? null : `it claims to be of ${inSeconds(asOf)}, when no such answer was made; ${madeWords(makers)}`
}

/** An agent may keep an answer when the reply comes or when it gives the answer. */
function keptBy({ line }: MadeAnswer, now: number): number {
  return line.endedAt ?? now
}

function madeWords(makers: readonly MadeAnswer[]): string {
  return `it was made at ${makers.map(({ at, call }) => `${inSeconds(at)} (call ${call})`).join(', ')}`
}
