import { quantity } from '../../results/quantity.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { burnTable } from '../trends/burn-rows.ts'
import { findingRows } from '../trends/finding-rows.ts'
import { coursesOf, lineRow } from '../trends/line-rows.ts'
import { leftOutWords, spanWords } from '../trends/run-words.ts'
import { visibleLine } from '../visible-text.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { wrapText } from './wrap-text.ts'

/** Reasons for leaving a run out that are told; the page and trends.json tell all. */
const shownLeftOut = 5

/** What earlier runs and this one come to together: what changed and what burns in full, the rest counted. */
export function renderTrends(trends: Trends, { columns }: Pick<TerminalOptions, 'columns'>): string[] {
  const { leftOut, runs } = trends
  const told = [
    ...findingRows(trends).map(
      ({ word, property, scenario, since, seenWords }) =>
        `${word}: ${property} in ${scenario}${since === '' ? '' : `, since ${since}`} (${seenWords})`,
    ),
    ...burnSentences(trends),
    ...courseSentences(trends),
    ...leftOut.slice(0, shownLeftOut).map((each) => `left out: ${leftOutWords(each)}`),
    ...(leftOut.length > shownLeftOut ? [`left out: ${leftOut.length - shownLeftOut} more`] : []),
  ]
  return [
    '',
    ...wrapText(`Trends. ${spanWords(trends)}`, '', columns),
    ...(runs.length === 1 && leftOut.length === 0 ? [] : told).flatMap((text) =>
      wrapText(visibleLine(text), '  ', columns),
    ),
  ]
}

function burnSentences(trends: Trends): string[] {
  const { rows } = burnTable(trends)
  const counts = Map.groupBy(
    trends.burns.flatMap(({ windows }) => windows),
    ({ state }) => state,
  )
  const others = (['quiet', 'too few events'] as const).flatMap((state) => {
    const count = counts.get(state)?.length ?? 0
    if (count === 0) return []
    return [state === 'quiet' ? `${count} quiet` : `${count} with too few events`]
  })
  return [
    ...rows.flatMap(({ sentence }) => (sentence === '' ? [] : [sentence])),
    ...(others.length === 0 ? [] : [`burn-rate alerts: ${others.join(', ')}`]),
  ]
}

/** What is kept needs no line. */
function courseSentences({ lines, runs }: Trends): string[] {
  const rows = coursesOf(lines, runs.length - 1).map(lineRow)
  const kept = rows.filter(({ outcome }) => outcome === 'kept').length
  return [
    ...rows
      .filter(({ outcome }) => outcome !== 'kept')
      .map(
        ({ word, title, scenario, now, before, range }) =>
          `${word}: ${title} in ${scenario}: ${now}, before ${before}${range === '' ? '' : `; ${range}`}`,
      ),
    ...(kept === 0 ? [] : [`${quantity(kept, 'other figure')} over the runs, all kept: see the report`]),
  ]
}
