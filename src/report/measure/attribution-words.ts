import type { AttributedFailure, Attribution, Booking } from '../../results/attribution-schema.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { describeFault } from '../describe-fault.ts'

const bookingWords: Readonly<Record<Booking, string>> = {
  provider: 'on the provider',
  tool: 'on the back ends of tools',
  agent: "on the agent's own side",
  shared: 'on several of these together',
  organic: 'organic, failing without any fault',
  unexplained: 'unexplained, because running them again did not show it',
}

/** On whom the failed tasks of a condition are booked, in one sentence; empty where none failed. */
export function attributionSentence({ failures, examined, booked }: Attribution): string {
  if (failures === 0) return ''
  const parts = Object.entries(booked).flatMap(([on, count]) =>
    count === 0 ? [] : [`${grouped(count)} ${bookingWords[on as Booking]}`],
  )
  if (examined === 0) return `${quantity(failures, 'task')} failed, and none was examined.`
  const which = examined === failures ? '' : `; of these the first ${grouped(examined)} were run again without faults`
  return `${quantity(failures, 'task')} failed${which}. Booked: ${parts.length === 0 ? 'none' : parts.join(', ')}.`
}

/** How many of the causes that were found are told: the others are in the results. */
export function causesCount(shown: number, { causes }: Attribution): string {
  const all = quantity(causes.length, 'cause')
  return shown < causes.length ? `The first ${grouped(shown)} of ${all} found; results.json has all` : `${all} found`
}

/** Why one task failed, in one sentence without its full stop. */
export function causeSentence({
  trial,
  task,
  problem,
  bookedOn,
  plan,
  alternatives,
  isMinimal,
}: AttributedFailure): string {
  const faults = plan.faults.map(describeFault).join(' and ')
  const cause = faults === '' ? bookingWords[bookedOn] : `booked ${bookingWords[bookedOn]}, because ${faults}`
  const others =
    alternatives.length === 0 ? '' : `; ${quantity(alternatives.length, 'other cause')} alone would do as well`
  const bound = isMinimal ? '' : '; the search for less was cut short'
  return `trial ${grouped(trial)}, task "${task}": ${problem}; ${cause}${others}${bound}`
}
