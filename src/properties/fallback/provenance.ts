import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import { sameText } from './same-text.ts'

/** F3: an answer is of the source that it is said to be of. */
export const provenance = defineFallbackProperty<true>({
  id: 'F3',
  name: 'fallback.provenance',
  statement:
    'An answer that the agent claims of a model source, the primary above all, consists of the words of a whole reply, or of a refusal, that this very source gave in this very task; only white space and Unicode form may differ. So no kept answer, no fixed text and no other source is presented as the primary.',
  applies: 'where the profile declares `fallback`; exercised where an answer comes with `claims.source`.',
  begin: () => true,
  concluded: ({ ledger: { chain } }, line, { at, outcome }, judge) => {
    const { answer, claims } = outcome
    const place = chain.placeOf(claims?.source)
    if (!answer?.trim() || chain.sources[place]?.upstream === undefined) return
    judge.trigger()
    const saying = line.replies.filter(({ reply, refusal }) => sameText(reply?.content || (refusal ?? ''), answer))
    if (saying.some(({ places }) => places.includes(place))) return
    const own = line.replies.filter(({ places }) => places.includes(place))
    const other = saying.at(-1)
    const otherPlace = other?.places[0]
    const name = otherPlace === undefined ? 'no source of the chain' : `source ${quote(chain.nameOf(otherPlace))}`
    const because = other
      ? `those are the words of call ${other.call}, which was answered by ${name}`
      : own.length === 0
        ? 'that source gave no whole reply in this task'
        : `none of its ${own.length} whole replies in this task says so`
    judge.violate({
      sentence: `${taskWords(line)} answered ${quote(answer)} at ${inSeconds(at)} and claims it of source ${quote(claims?.source)}, but ${because}`,
      at,
      calls: (other ? [other] : own).map(({ call }) => call),
    })
  },
})
