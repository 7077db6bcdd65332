import type { AttributedFailure, Attribution, Booking } from '../../results/attribution-schema.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { describeFault } from '../describe-fault.ts'

const bookingWords: Readonly<Record<Booking, string>> = {
  provider: 'the provider',
  tool: 'tool back ends',
  agent: 'the agent',
  shared: 'several together',
  organic: 'nobody else: they fail without any fault',
  unexplained: 'nobody yet: running them again did not show the failure',
}

/** On whom the failed tasks of a condition are booked, in one sentence; empty where none failed. */
export function attributionSentence({ failures, examined, booked }: Attribution): string {
  if (failures === 0) return ''
  const parts = Object.entries(booked).flatMap(([on, count]) =>
    count === 0 ? [] : [`${grouped(count)} on ${bookingWords[on as Booking]}`],
  )
  const which = examined === failures ? '' : `; of these the first ${grouped(examined)} were run again without faults`
  return `${quantity(failures, 'task')} failed${which}. Booked: ${parts.length === 0 ? 'none' : parts.join(', ')}.`
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
  const cause = plan.faults.length === 0 ? bookingWords[bookedOn] : `${bookingWords[bookedOn]}, because ${faults}`
  const others =
    alternatives.length === 0 ? '' : `; ${quantity(alternatives.length, 'other cause')} alone would do as well`
  const bound = isMinimal ? '' : '; the search for less was cut short'
  return `trial ${grouped(trial)}, task "${task}": ${problem}; booked on ${cause}${others}${bound}`
}
