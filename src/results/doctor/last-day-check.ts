import { daysBetween } from '../../objectives/day.ts'
import { quantity } from '../quantity.ts'
import type { Check, Checking } from './check.ts'

/** When something with a last day is looked at. */
export interface Today {
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** Days before the last day on which runs begin to warn. */
  readonly expiryWarningDays: number
}

/**
 * Whether something with a last day still holds, and for how long; the last day counts.
 *
 * @param what of which it is said, e.g. `it`
 * @param gone what follows once it has expired
 */
export function lastDayCheck(
  check: Checking,
  { what, expires, gone, remedy }: Readonly<Record<'what' | 'expires' | 'gone' | 'remedy', string>>,
  { today, expiryWarningDays }: Today,
): Check {
  const days = daysBetween(today, expires)
  if (days < 0) return check.warning(`${what} expired after ${expires}, ${gone}`, remedy)
  if (days > expiryWarningDays) return check.ok(`${what} holds until ${expires}`)
  const left = days === 0 ? 'today is its last day' : `${quantity(days, 'day')} from today`
  return check.warning(`${what} expires after ${expires}, ${left}`, remedy)
}
