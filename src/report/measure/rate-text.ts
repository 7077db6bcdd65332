import type { MeasuredRate } from '../../objectives/measured-rate.ts'
import { percent, percentRange } from '../../results/percent.ts'
import { grouped } from '../../results/quantity.ts'

/** What a reader is told of a share that was counted; all empty but `share` where nothing was counted. */
export interface RateText {
  /** `90.20 %`, or `nothing counted`. */
  readonly share: string
  /** `88.81 to 91.47 %`. */
  readonly interval: string
  /** `1,804 of 2,000`. */
  readonly counts: string
}

/**
 * A share in words, with the interval that decides verdicts: one figure has one interval wherever it stands.
 *
 * Where trials have several tasks the interval rests on the trials, and the counts say so.
 */
export function rateText(measured: MeasuredRate | null): RateText {
  const interval = measured?.exact ?? null
  if (measured === null || measured.rate === null || interval === null)
    return { share: 'nothing counted', interval: '', counts: '' }
  const { rate, count, of, observations } = measured
  return {
    share: percent(rate),
    interval: percentRange(interval),
    counts: `${grouped(count)} of ${grouped(of)}${observations === of ? '' : ` in ${grouped(observations)} trials`}`,
  }
}

/** The same in one phrase: `90.20 % (88.81 to 91.48 %; 1,804 of 2,000)`. */
export function ratePhrase(measured: MeasuredRate | null): string {
  const { share, interval, counts } = rateText(measured)
  return counts === '' ? share : `${share} (${interval}; ${counts})`
}
