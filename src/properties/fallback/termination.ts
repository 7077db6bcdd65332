import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'

interface Rules {
  readonly taskMs: number
  /** Tasks that asked another source than the primary. */
  readonly fellBack: Set<number>
}

/** F7: falling back goes one way and comes to an end. */
export const fallbackTermination = defineFallbackProperty<Rules>({
  id: 'F7',
  name: 'fallback.termination',
  statement:
    'Within one search for a reply no source is asked again once another source has been asked, so that the chain ends; and a task that falls back ends within its declared deadline.',
  applies: 'where the profile declares `fallback`; the deadline only where it declares `timeouts.taskMs`.',
  begin: ({ profile }) => ({ taskMs: profile.timeouts?.taskMs ?? Infinity, fellBack: new Set() }),
  asked: ({ ledger: { chain }, rules }, line, call, judge) => {
    const [place] = call.places
    if (place === undefined) return
    if (place > 0) {
      rules.fellBack.add(line.task)
      judge.trigger()
    }
    const { left } = line.step
    const turn = left.get(place)
    if (!turn || !call.places.every((other) => left.has(other))) return
    const [back, away] = turn
    judge.violate({
      sentence: `${taskWords(line)} asked source ${quote(chain.nameOf(place))} again at ${inSeconds(call.sentAt)} (call ${call.call}) for the same reply, although it had left it after call ${back.call} for source ${quote(chain.nameOf(away.places[0] ?? -1))} (call ${away.call})`,
      at: call.sentAt,
      calls: [back.call, away.call, call.call],
    })
  },
  concluded: ({ rules: { taskMs, fellBack } }, line, { at }, judge) => {
    if (!fellBack.has(line.task) || at <= line.startedAt + taskMs) return
    judge.violate({
      sentence: `${taskWords(line)} fell back and ended at ${inSeconds(at)}, but it began at ${inSeconds(line.startedAt)} and the agent declares at most ${inSeconds(taskMs)}`,
      at,
      calls: line.calls.map(({ call }) => call),
    })
  },
})
