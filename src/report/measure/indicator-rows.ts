import type { IndicatorMeasures } from '../../results/indicator-measures.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'
import { grouped } from '../../results/quantity.ts'
import { driftPhrase, meanWords } from './indicator-words.ts'
import { ratePhrase } from './rate-text.ts'

/** One indicator under one condition, for a row of a table. */
export interface IndicatorRow {
  readonly condition: string
  readonly indicator: string
  readonly seen: string
  /** Counts by reason; empty for none, and for what is no share. */
  readonly good: string
  readonly bad: string
  readonly excluded: string
}

/** The indicators of a measure, condition by condition; none for results of before there were any. */
export function indicatorRows({ conditions, prices }: MeasureResult): IndicatorRow[] {
  return conditions.flatMap(({ name, measures: { indicators } }) =>
    indicators === null ? [] : rowsOf(indicators, prices?.currency ?? null).map((row) => ({ condition: name, ...row })),
  )
}

/** Claims of answers that nothing supports, the first ones, in a sentence each without its full stop. */
export function unsupportedClaimSentences({ conditions }: MeasureResult): string[] {
  return conditions.flatMap(({ name, tally }) =>
    tally.indicators.unsupportedClaims
      .slice(0, shownClaims)
      .map(
        ({ trial, task, kind, claim }) =>
          `${name}, trial ${grouped(trial)}, task "${task}": nothing in the task supports the ${kind} "${claim}"`,
      ),
  )
}

/** Claims told of each condition; results.json holds more. */
const shownClaims = 3

function rowsOf(indicators: IndicatorMeasures, currency: string | null): Omit<IndicatorRow, 'condition'>[] {
  const { availability, correctness, safety, hallucination, tokens, cost, delegationDepth, drift } = indicators
  const none = { good: '', bad: '', excluded: '' }
  return [
    share('availability', availability),
    share('correctness of answers', correctness),
    share('safety', safety),
    share('answers with an unsupported claim', hallucination),
    { indicator: 'tokens per task', seen: meanWords(tokens, 'tokens per task'), ...none },
    {
      indicator: `cost per task${currency === null ? '' : ` in ${currency}`}`,
      seen: meanWords(cost, 'cost per task'),
      ...none,
    },
    {
      indicator: 'delegation depth',
      seen: `${meanWords(delegationDepth, 'delegation depth')}, at most ${delegationDepth.max ?? 0}`,
      ...none,
    },
    ...(drift === null ? [] : [{ indicator: 'drift from first to last turn', seen: driftPhrase(drift), ...none }]),
  ]
}

function share(indicator: string, { rate, counts }: IndicatorMeasures['safety']): Omit<IndicatorRow, 'condition'> {
  return {
    indicator,
    seen: ratePhrase(rate),
    good: byReason(counts.good),
    bad: byReason(counts.bad),
    excluded: byReason(counts.excluded),
  }
}

function byReason(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([reason, count]) => `${grouped(count)} ${reason}`)
    .join(', ')
}
