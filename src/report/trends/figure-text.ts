import { signedPercent } from '../../results/budgets/budget-words.ts'
import { figure } from '../../results/indicator-words.ts'
import { percent, percentRange } from '../../results/percent.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { TrendLine, TrendPoint } from '../../results/trends/trends.ts'

/** A figure of a trend in words. */
export interface FigureText {
  /** `92.40 %`, `2.41`. */
  readonly value: string
  /** `89.71 to 94.53 %`; empty where too few tasks back one. */
  readonly interval: string
  /** `462 of 500`, `500 tasks`. */
  readonly counted: string
}

/** One run's figure, with the digits that its unit has. */
export function figureText(line: TrendLine, { value, interval, count, size }: TrendPoint): FigureText {
  return {
    value: valueText(line, value),
    interval: interval === null ? '' : intervalText(line, interval),
    counted: count === null ? sizeText(line, size) : `${grouped(count)} of ${grouped(size)}`,
  }
}

/** Without a currency: the title says it. */
function valueText({ of, unit }: Pick<TrendLine, 'of' | 'unit'>, value: number): string {
  if (unit === 'share') return percent(value)
  if (unit === 'difference') return signedPercent(value)
  return figure(value, 'objective' in of ? of.objective.measure : '')
}

function intervalText(line: TrendLine, [low, high]: readonly [number, number]): string {
  return line.unit === 'share' ? percentRange([low, high]) : `${valueText(line, low)} to ${valueText(line, high)}`
}

function sizeText({ unit }: TrendLine, size: number): string {
  return unit === 'difference' ? quantity(size, 'conversation') : quantity(size, 'task')
}
