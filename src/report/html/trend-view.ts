import { exactPercent } from '../../results/percent.ts'
import type { TrendLine, Trends } from '../../results/trends/trends.ts'
import type { ServiceTable } from '../measure/service-table.ts'
import { burnTable } from '../trends/burn-rows.ts'
import { figureText } from '../trends/figure-text.ts'
import { type FindingRow, findingRows } from '../trends/finding-rows.ts'
import { type LineRow, coursesOf, lineRow } from '../trends/line-rows.ts'
import { leftOutWords, runTime, runWords, spanWords } from '../trends/run-words.ts'
import { outcomeTones } from './outcome-tones.ts'
import { trendChart } from './trend-chart.ts'

/** Runs that are drawn and listed at most; trends.json has all of them. */
const shownRuns = 60

/** A figure over the runs: a drawing, and the same as a table. */
export interface CourseView extends LineRow {
  readonly tone: string
  readonly chart: string
  readonly rows: readonly {
    readonly run: string
    readonly value: string
    readonly interval: string
    readonly counted: string
  }[]
}

/** What the page tells of earlier runs. */
export interface TrendsView {
  readonly lead: string
  readonly findings: readonly FindingRow[]
  /** None or one. */
  readonly burns: readonly ServiceTable[]
  readonly scenarios: readonly { readonly name: string; readonly courses: readonly CourseView[] }[]
  readonly leftOut: readonly string[]
}

/** Arranges trends for the templates; null where no earlier results were given. */
export function trendsView(trends: Trends | null): TrendsView | null {
  if (trends === null) return null
  const burns = burnTable(trends)
  const courses = coursesOf(trends.lines, trends.runs.length - 1)
  return {
    lead: spanWords(trends),
    findings: findingRows(trends),
    burns: burns.rows.length === 0 ? [] : [burns],
    scenarios: [...Map.groupBy(courses, ({ scenario }) => scenario)].map(([name, ofScenario]) => ({
      name,
      courses: ofScenario.map((line) => courseView(line, trends, `trend-${courses.indexOf(line)}`)),
    })),
    leftOut: trends.leftOut.map(leftOutWords),
  }
}

function courseView(line: TrendLine, { runs }: Trends, id: string): CourseView {
  const row = lineRow(line)
  const points = line.points.slice(-shownRuns)
  const nameOf = (run: number): string => {
    const found = runs[run]
    if (found === undefined) return ''
    return run === runs.length - 1 ? `this run, ${runWords(found)}` : runWords(found)
  }
  const first = runs[points[0]?.run ?? 0]
  const last = points.at(-1)
  return {
    ...row,
    tone: outcomeTones[row.outcome],
    chart: trendChart(
      {
        ...{ points, level: line.level, valueText: last === undefined ? '' : figureText(line, last).value },
        levelText: line.unit === 'number' ? String(line.level) : exactPercent(line.level),
        bounds: line.unit === 'share' ? [0, 1] : [line.unit === 'number' ? 0 : -1, line.unit === 'number' ? null : 1],
        firstRun: first === undefined ? '' : runTime(first),
        title: row.title,
        description: `${row.now} now, ${row.before} in the run before${row.range === '' ? '' : `; ${row.range}`}. This run: ${row.word}.`,
      },
      id,
    ),
    rows: points.toReversed().map((point) => ({ run: nameOf(point.run), ...figureText(line, point) })),
  }
}
