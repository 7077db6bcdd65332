import type { TrendLine, TrendPoint } from '../../results/trends/trends.ts'
import { type PromiseOutcome, promiseLook } from '../measure/promise.ts'
import { figureText } from './figure-text.ts'
import { lineTitle } from './line-title.ts'

/** A trend as a row of a table. */
export interface LineRow {
  readonly sign: string
  /** The verdict of this run. */
  readonly word: string
  readonly outcome: PromiseOutcome
  readonly title: string
  readonly scenario: string
  /** What was seen now and in the run before, `92.40 % (89.71 to 94.53 %)`. */
  readonly now: string
  readonly before: string
  /** `97.20 % to 98.60 % in 12 earlier runs`; empty for a single one. */
  readonly range: string
}

/** The lines that have a course: measured in this run and in an earlier one. */
export function coursesOf(lines: readonly TrendLine[], lastRun: number): TrendLine[] {
  return lines.filter(({ points }) => points.length > 1 && points.at(-1)?.run === lastRun)
}

/** One line as a row. */
export function lineRow(line: TrendLine): LineRow {
  const { scenario, verdict, points } = line
  const earlier = points.slice(0, -1)
  const last = points.at(-1)
  const before = earlier.at(-1)
  return {
    ...promiseLook(verdict),
    ...{ title: lineTitle(line), scenario },
    now: last === undefined ? '' : phrase(line, last),
    before: before === undefined ? '' : phrase(line, before),
    range: rangeText(line, earlier),
  }
}

function phrase(line: TrendLine, point: TrendPoint): string {
  const { value, interval } = figureText(line, point)
  return interval === '' ? value : `${value} (${interval})`
}

function rangeText(line: TrendLine, earlier: readonly TrendPoint[]): string {
  const sorted = earlier.toSorted((one, other) => one.value - other.value)
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (least === undefined || most === undefined || earlier.length === 1) return ''
  const [low, high] = [figureText(line, least).value, figureText(line, most).value]
  return `${low === high ? low : `${low} to ${high}`} in ${earlier.length} earlier runs`
}
