import type { MeasuredRate } from '../objectives/measured-rate.ts'
import { percent, percentRange } from './percent.ts'
import { grouped, quantity } from './quantity.ts'

/** The name of the condition that every measure begins with. */
export const withoutFaults = 'without faults'

/** A condition as part of a sentence: `without faults`, `under tool failures`. */
export function underCondition(name: string): string {
  return name === withoutFaults ? name : `under ${name}`
}

/** A rate with its exact interval: `412 of 500 tasks (82.40 %; 95 % interval 78.77 to 85.64 %)`. */
export function rateWords({ count, of, observations, rate, exact, basis }: MeasuredRate, what: string): string {
  if (rate === null || exact === null) return `no ${what}`
  const independent = observations < of ? ` from ${quantity(observations, 'independent trial')}` : ''
  return `${grouped(count)} of ${quantity(of, what)} (${percent(rate)}; 95 % ${basis === 'any time' ? 'confidence sequence' : 'interval'} ${percentRange(exact)}${basis === 'tasks' ? ' for tasks like these' : ''}${independent})`
}
