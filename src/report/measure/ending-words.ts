import type { MeasureResult } from '../../results/measure-schema.ts'
import { grouped, quantity } from '../../results/quantity.ts'

/** When a measure ended that ends as soon as everything is decided, as a phrase; none for any other. */
export function endingWords({ conditions, mostTrials }: MeasureResult): string[] {
  if (mostTrials === null) return []
  const made = Math.min(...conditions.map(({ tally }) => tally.trials))
  const each = conditions.length === 1 ? 'the one condition' : `each of ${conditions.length} conditions`
  const trials = `measured until decided: ${grouped(made)} of at most ${quantity(mostTrials, 'trial')} under ${each}`
  return [`${trials}, judged by confidence sequences, which hold at every look`]
}
