import type { MeasureResult } from '../../results/measure-schema.ts'
import { consistencyTable } from '../measure/consistency-words.ts'
import { markdownTable } from './markdown-table.ts'

/** How consistently tasks are solved under each condition; none where nothing was counted. */
export function consistencyLines(measure: MeasureResult): string[] {
  const table = consistencyTable(measure)
  if (table === null) return []
  const titles = ['Tasks', 'Repeats', ...table.ks.map(allOf), 'Task success', 'Standard error', 'Design effect']
  return [
    'Consistency: the chance that so many repeats of a task are all solved, with intervals at 95 % for tasks like these (clustered by task):',
    markdownTable(
      [{ title: 'Condition' }, ...titles.map((title) => ({ title, isNumber: true }))],
      table.rows.map(({ name, tasks, repeats, every, likeThese, standardError, designEffect }) => [
        name,
        tasks,
        repeats,
        ...every,
        likeThese,
        standardError,
        designEffect,
      ]),
    ),
  ]
}

function allOf(k: number): string {
  return k === 1 ? 'One repeat' : `All of ${k}`
}
