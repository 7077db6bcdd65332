import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import { keptAnswer } from './kept-answer.ts'
import type { MadeAnswer } from './made-answers.ts'
import type { TaskLine } from './task-line.ts'

/** F4: a kept answer goes to whom it was made for. */
export const cacheKey = defineFallbackProperty<true>({
  id: 'F4',
  name: 'fallback.cache-key',
  statement:
    'An answer that the agent claims of a cache equals, in its words, an earlier whole answer of the primary for the same user and the same input, of the model that the present task asks where it asked one. One that was never whole is left to F6.',
  applies: 'where `fallback.chain` of the profile has a cache.',
  outlivesProcess: true,
  begin: (_facts, { chain }) => (chain.sources.some(({ cache }) => cache) ? true : null),
  concluded: ({ ledger }, line, { at, outcome }, judge) => {
    const kept = keptAnswer(ledger, line, outcome)
    if (!kept) return
    judge.trigger()
    if (kept.right.length > 0) return
    const stranger = kept.foreign[0]
    if (!stranger && kept.flawed.length > 0) return
    const because = stranger ? strangerWords(stranger, line) : 'the primary has never given that answer in this trial'
    judge.violate({
      sentence: `${taskWords(line)} answered ${quote(kept.answer)} at ${inSeconds(at)} from source ${quote(kept.source.source)}, but ${because}`,
      at,
      calls: stranger && stranger.call !== null ? [stranger.call] : [],
    })
  },
})

function strangerWords({ line: other, at, call, model }: MadeAnswer, line: TaskLine): string {
  const difference =
    other.user !== line.user
      ? `${userWords(other.user)}, and not for ${userWords(line.user)}`
      : other.input !== line.input
        ? `the words ${quote(other.input)}, and not for ${quote(line.input)}`
        : `a request to model ${quote(model)}, which is not the one asked`
  return `call ${call} of ${taskWords(other)} made it at ${inSeconds(at)} for ${difference}`
}

function userWords(user: string | null): string {
  return user === null ? 'nobody in particular' : `user ${quote(user)}`
}
