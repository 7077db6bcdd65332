import type { Drift } from '../objectives/indicators/drift.ts'
import type { IndicatorObjective } from '../objectives/indicators/indicator-objective.ts'
import { exactPercent, percent } from './percent.ts'
import { grouped, quantity } from './quantity.ts'

/** What an objective of an indicator asks for, as a phrase. */
export function wantedOfIndicator(objective: IndicatorObjective, currency: string | null): string {
  switch (objective.measure) {
    case 'availability':
    case 'correctness':
    case 'safety':
      return `${objective.measure} of at least ${exactPercent(objective.atLeast)}`
    case 'error rate':
      return `an error rate (policy violations) of at most ${exactPercent(objective.atMost)}`
    case 'hallucination':
      return `unsupported claims in at most ${exactPercent(objective.atMost)} of answers`
    case 'latency percentile':
      return `${objective.percent} % of tasks within ${grouped(objective.withinMs)} ms`
    case 'tokens per task':
      return `at most ${grouped(objective.atMost)} tokens per task on average`
    case 'cost per task':
      return `at most ${amount(objective.atMost, currency)} per task on average`
    case 'delegation depth':
      return `a delegation depth of at most ${objective.atMost} on average`
    case 'drift':
      return `a drift of at most ${exactPercent(objective.atMost)} over conversations of ${objective.turns} turns or more`
  }
}

/** What one observation of an objective is called. */
export const observed: Readonly<Record<IndicatorObjective['measure'], string>> = {
  availability: 'task',
  correctness: 'answer',
  safety: 'trial',
  'error rate': 'trial',
  hallucination: 'checkable answer',
  'latency percentile': 'task',
  'tokens per task': 'task',
  'cost per task': 'task',
  'delegation depth': 'task',
  drift: 'conversation',
}

/** A mean of an indicator with as many digits as tell it apart from others. */
export function figure(value: number, measure: string): string {
  if (measure === 'tokens per task') return grouped(Math.round(value))
  return measure === 'cost per task' ? significant(value) : value.toFixed(2)
}

/** An amount with its currency: `USD 0.0012`. */
export function amount(value: number, currency: string | null): string {
  return currency === null ? significant(value) : `${currency} ${significant(value)}`
}

/** Three digits that count, never in powers of ten: 0.000124. */
function significant(value: number): string {
  if (value === 0) return '0'
  const digits = Math.min(12, Math.max(2, 2 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toFixed(digits)
}

/** What was seen of drift: `2.50 points less at the last turn than at the first (95 % interval -1.20 to 6.31; …)`. */
export function driftWords({ pairs, of, difference, interval, pValue }: Drift): string {
  if (difference === null) return 'no conversation with both ends counted'
  const first = percent((pairs.both + pairs.firstOnly) / of)
  const last = percent((pairs.both + pairs.lastOnly) / of)
  const between =
    interval === null ? '' : `; 95 % interval of the difference ${points(interval[0])} to ${points(interval[1])} points`
  const test = pValue === null ? '' : `; McNemar p = ${pValue.toFixed(4)}`
  return `${first} solved at the first turn and ${last} at the last, of ${quantity(of, 'conversation')}${between}${test}`
}

function points(share: number): string {
  return (share * 100).toFixed(2)
}
