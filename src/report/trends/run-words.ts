import { commitWords } from '../../results/declaration-words.ts'
import { quantity } from '../../results/quantity.ts'
import type { LeftOut, TrendRun, Trends } from '../../results/trends/trends.ts'

/** When a run took place, to the minute: `2026-11-23 08:30`. */
export function runTime({ at }: Pick<TrendRun, 'at'>): string {
  return at.slice(0, 16).replace('T', ' ')
}

/** A run as readers tell it from others: `2026-11-23 08:30, commit 0123456789ab`. */
export function runWords(run: TrendRun): string {
  return `${runTime(run)}, ${commitWords(run.commit)}`
}

/** How many earlier runs there are, and of what time. */
export function spanWords({ runs }: Trends): string {
  const [first] = runs
  const last = runs.at(-2)
  if (first === undefined || last === undefined) return 'No earlier run to compare with.'
  const span = first === last ? runTime(first) : `${runTime(first)} to ${runTime(last)}`
  return `This run after ${quantity(runs.length - 1, 'earlier run')}, ${span} UTC.`
}

/** Why something did not enter a series. */
export function leftOutWords({ name, scenario, sentence }: LeftOut): string {
  return `${name}${scenario === null ? '' : `, ${scenario}`}: ${sentence}`
}
