import type { Trends } from '../../results/trends/trends.ts'
import { burnTable } from '../trends/burn-rows.ts'
import { findingRows } from '../trends/finding-rows.ts'
import { coursesOf, lineRow } from '../trends/line-rows.ts'
import { leftOutWords, spanWords } from '../trends/run-words.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** Earlier runs and this one: what became of findings, what burns, how the figures went, and what was left out. */
export function trendBlocks(trends: Trends | null): string[] {
  if (trends === null) return []
  const blocks = [findingTable(trends), burns(trends), courses(trends), leftOut(trends)]
  return [spanWords(trends), ...blocks.filter((block) => block !== '')]
}

function findingTable(trends: Trends): string {
  const rows = findingRows(trends).map(({ sign, word, property, scenario, since, seen }) => [
    ...[`${sign} ${word}`, property, scenario, since],
    seen,
  ])
  const columns = ['State', 'Property', 'Scenario', 'Fails since', 'Runs, this one last']
  return titled('Findings since the run before', columns, rows)
}

function burns(trends: Trends): string {
  const { title, columns, rows } = burnTable(trends)
  const body = rows.map(({ sign, word, cells }) => [`${sign} ${word}`, ...cells])
  return titled(title, columns, body)
}

function courses({ lines, runs }: Trends): string {
  const rows = coursesOf(lines, runs.length - 1).map(lineRow)
  const body = rows.map(({ sign, word, title, scenario, now, before, range }) => [
    ...[`${sign} ${word}`, title, scenario],
    ...[now, before, range],
  ])
  return titled(
    'Objectives and declared values',
    ['Verdict', 'Figure', 'Scenario', 'Now', 'Before', 'Earlier runs'],
    body,
  )
}

function leftOut(trends: Trends): string {
  if (trends.leftOut.length === 0) return ''
  const list = trends.leftOut.map((each) => `- ${markdownText(leftOutWords(each))}`)
  return `**Left out**\n\n${list.join('\n')}`
}

function titled(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const table = markdownTable(
    columns.map((column) => ({ title: column })),
    rows,
  )
  return `**${markdownText(title)}**\n\n${table}`
}
