import type { Outcome } from '../../contract/outcome.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import { sameText } from './same-text.ts'
import type { SourceCall } from './source-call.ts'
import type { SourceChain } from './source-chain.ts'
import type { TaskLine } from './task-line.ts'

/** F12: an answer says that it is degraded exactly where it is. */
export const degradedFlag = defineFallbackProperty<true>({
  id: 'F12',
  name: 'fallback.degraded',
  statement:
    '`claims.degraded` is true exactly where anything but the primary contributed to the answer: the claimed source is another one, another source gave a reply of the task that was used, or no whole reply of the primary in this task has the words of the answer. Where several readings remain, either is permitted.',
  applies: 'where the profile declares `fallback`; exercised where an answer comes with `claims.degraded`.',
  begin: () => true,
  concluded: ({ ledger: { chain } }, line, { at, outcome }, judge) => {
    const { answer, claims } = outcome
    if (!answer?.trim() || claims?.degraded === undefined) return
    judge.trigger()
    const found = claims.degraded ? onlyPrimary(chain, line, outcome) : otherContribution(chain, line, outcome)
    if (!found) return
    judge.violate({
      sentence: `${taskWords(line)} answered ${quote(answer)} at ${inSeconds(at)} and claims that it is ${claims.degraded ? '' : 'not '}degraded, but ${found.because}`,
      at,
      calls: found.calls,
    })
  },
})

interface Contradiction {
  readonly because: string
  readonly calls: readonly number[]
}

function otherContribution(chain: SourceChain, line: TaskLine, { answer, claims }: Outcome): Contradiction | null {
  if (claims?.source !== undefined && claims.source !== chain.primary) {
    return { because: `it claims the answer of source ${quote(claims.source)}`, calls: [] }
  }
  const other = contributions(line).find(isOther)
  if (other) {
    const name = quote(chain.nameOf(other.places[0] ?? -1))
    return {
      because: `source ${name} gave the reply of call ${other.call}, on which the task went on`,
      calls: [other.call],
    }
  }
  const saying = line.replies.some(({ reply, refusal }) => sameText(reply?.content || (refusal ?? ''), answer ?? ''))
  if (saying) return null
  const calls = line.replies.map(({ call }) => call)
  return { because: 'no whole reply in this task has those words, so that something else gave them', calls }
}

function onlyPrimary(chain: SourceChain, line: TaskLine, { answer, claims }: Outcome): Contradiction | null {
  if (claims?.source !== undefined && claims.source !== chain.primary) return null
  const isPrimary = ({ places }: SourceCall): boolean => places.length === 1 && places[0] === 0
  const last = line.replies.at(-1)
  if (!last || !line.replies.every(isPrimary) || !sameText(last.reply?.content ?? '', answer ?? '')) return null
  return {
    because: `every reply in this task is the primary's, and call ${last.call} has those very words`,
    calls: line.replies.map(({ call }) => call),
  }
}

/** The replies that the answer rests on: the last one, and those whose tool calls got their results. */
function contributions({ calls, replies, lastReply }: TaskLine): readonly SourceCall[] {
  const answered = new Set(calls.flatMap(({ view }) => view.toolResults.map(({ callId }) => callId)))
  return replies.filter((call) => call === lastReply || call.reply?.toolCalls.some(({ id }) => answered.has(id)))
}

function isOther({ places }: SourceCall): boolean {
  return places.length > 0 && !places.includes(0)
}
