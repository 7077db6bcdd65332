import { realClock } from '../simulation/real-clock.ts'

const msPerDay = 86_400_000

/** Whole days from one day to another, both `YYYY-MM-DD`; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / msPerDay
}

/** The day so many days after another, `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return realClock.isoTime(Date.parse(day) + days * msPerDay).slice(0, 10)
}
