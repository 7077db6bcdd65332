import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import { keptAnswer } from './kept-answer.ts'

/** F6: only whole answers of the primary are kept. */
export const cacheContent = defineFallbackProperty<true>({
  id: 'F6',
  name: 'fallback.cache-content',
  statement:
    'No answer that the agent claims of a cache is the text of a reply that broke off, was cut short or filtered, was given by another source than the primary, or was the answer of a task that was degraded or did not end with `end_turn`, unless the primary has also given it whole. A reply that a fault has changed and that is still whole and valid cannot be told from a good one, and is permitted.',
  applies: 'where `fallback.chain` of the profile has a cache.',
  outlivesProcess: true,
  begin: (_facts, { chain }) => (chain.sources.some(({ cache }) => cache) ? true : null),
  concluded: ({ ledger }, line, { at, outcome }, judge) => {
    const kept = keptAnswer(ledger, line, outcome)
    if (!kept) return
    judge.trigger()
    const [flawed] = kept.flawed
    if (!flawed || kept.right.length > 0 || kept.foreign.length > 0) return
    const whose = flawed.call === null ? '' : ` (call ${flawed.call})`
    judge.violate({
      sentence: `${taskWords(line)} answered ${quote(kept.answer)} at ${inSeconds(at)} from source ${quote(kept.source.source)}, but that is a text of ${taskWords(flawed.line)} at ${inSeconds(flawed.at)}${whose} which ${flawed.flaw}`,
      at,
      calls: flawed.call === null ? [] : [flawed.call],
    })
  },
})
