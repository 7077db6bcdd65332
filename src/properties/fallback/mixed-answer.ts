import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import { plainText } from './same-text.ts'
import type { SourceCall } from './source-call.ts'
import type { TaskLine } from './task-line.ts'

/** F10: nobody reads the words of two sources as one answer. */
export const mixedAnswer = defineFallbackProperty<true>({
  id: 'F10',
  name: 'fallback.mixed-answer',
  statement:
    'No answer begins with what came of a reply that broke off and ends with what another request of the task gave later: the words of an answer are those of one request. Texts of fewer than three characters prove nothing.',
  applies: 'where the profile declares `fallback`; exercised where a reply broke off after its first words.',
  begin: () => true,
  answered: (_trial, _line, call, judge) => {
    if (brokenText(call) !== null) judge.trigger()
  },
  concluded: (_trial, line, { at, outcome }, judge) => {
    const answer = plainText(outcome.answer ?? '')
    if (answer.length < 2 * tellingLength) return
    const pair = mixture(line, answer)
    if (!pair) return
    const [broken, later] = pair
    judge.violate({
      sentence: `${taskWords(line)} answered ${quote(answer)} at ${inSeconds(at)}, which begins with ${quote(brokenText(broken))}, all that came of call ${broken.call}, and goes on with ${quote(wordsOf(later))} of call ${later.call}`,
      at,
      calls: [broken.call, later.call],
    })
  },
})

const tellingLength = 3

/** The longest beginning that broke off and the longest ending of a later request, where they fit into the answer. */
function mixture({ calls }: TaskLine, answer: string): readonly [SourceCall, SourceCall] | null {
  if (calls.some((call) => wordsOf(call) === answer)) return null
  let broken: SourceCall | null = null
  for (const call of calls) {
    const text = wordsOf(call)
    const before = broken === null ? '' : wordsOf(broken)
    if (text.length >= tellingLength && before.length + text.length <= answer.length && answer.endsWith(text)) {
      if (broken) return [broken, call]
    }
    if (brokenText(call) !== null && text.length > before.length && answer.startsWith(text)) broken = call
  }
  return null
}

function brokenText({ reply, partial }: SourceCall): string | null {
  const text = reply ? '' : plainText(partial?.content ?? '')
  return text.length >= tellingLength ? text : null
}

function wordsOf({ reply, partial }: SourceCall): string {
  return plainText((reply ?? partial)?.content ?? '')
}
