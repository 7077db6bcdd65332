import type { IndicatorMeasures } from '../../results/indicator-measures.ts'
import { amount } from '../../results/indicator-words.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'
import { grouped } from '../../results/quantity.ts'

/** What the tasks of one condition used and cost. */
export interface SpendingRow {
  readonly condition: string
  readonly tokens: SpendingText
  readonly cost: SpendingText
}

interface SpendingText {
  /** The mean of a task, or why it is not known. */
  readonly mean: string
  /** Interval and largest; empty for none. */
  readonly detail: string
}

/** Tokens and cost of a task under each condition; none where nothing is known of either. */
export function spendingRows({ conditions, prices }: MeasureResult): SpendingRow[] {
  const rows = conditions.flatMap(({ name, measures: { indicators } }) =>
    indicators === null ? [] : [{ name, tokens: indicators.tokens, cost: indicators.cost }],
  )
  if (rows.every(({ tokens, cost }) => tokens.mean === null && cost.mean === null)) return []
  const currency = prices?.currency ?? null
  return rows.map(({ name, tokens, cost }) => ({
    condition: name,
    tokens: spendingText(tokens, (value) => grouped(Math.round(value))),
    cost: spendingText(cost, (value) => amount(value, currency)),
  }))
}

function spendingText(
  { mean, interval, max, unknown }: IndicatorMeasures['tokens'],
  told: (value: number) => string,
): SpendingText {
  if (mean === null) return { mean: unknown === null ? 'nothing counted' : `not known: ${unknown}`, detail: '' }
  const parts = [
    ...(interval === null ? [] : [`${told(interval[0])} to ${told(interval[1])}`]),
    ...(max === null ? [] : [`at most ${told(max)}`]),
  ]
  return { mean: told(mean), detail: parts.join(', ') }
}
