import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords, earlierWords, endingWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'

type Effectful = ReadonlySet<string>

/** R9: what may have happened is not done again without a key by which it is known again. */
export const unknownEnd = defineRetryProperty<Effectful>({
  id: 'R9',
  name: 'retry.unknown-end',
  statement:
    'An attempt of an effectful tool whose end is unknown (a timeout, a reset, a cut answer) is repeated only where it and its repetition carry an idempotency key. What the model asks for anew is not a repetition; L11 judges its effects.',
  applies: 'where the profile declares effectful tools (`tools.effectful`).',
  begin: ({ profile: { tools } }) => (tools && tools.effectful.length > 0 ? new Set(tools.effectful) : null),
  ended: (effectful, attempt, judge) => {
    if (isUnknown(effectful, attempt)) judge.trigger()
  },
  sent: (effectful, attempt, judge) => {
    const { previous } = attempt
    if (!previous || !isUnknown(effectful, previous)) return
    const keyless = [previous, attempt].find(({ idempotencyKey }) => idempotencyKey === null)
    if (!keyless) return
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but ${earlierWords(previous)} ${endingWords(previous)}, so that it may have taken effect, and ${earlierWords(keyless)} carried no idempotency key`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
    })
  },
})

function isUnknown(effectful: Effectful, { tool, class: outcome }: Attempt): boolean {
  return outcome === 'indeterminate' && tool !== null && effectful.has(tool.name)
}
