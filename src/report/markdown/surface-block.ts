import type { MeasureResult } from '../../results/measure-schema.ts'
import { surfaceTable } from '../measure/surface-words.ts'
import { markdownTable } from './markdown-table.ts'

/** How reliability falls with other wordings and more intense faults; none where the measure has no surface. */
export function surfaceBlock({ surface }: MeasureResult): string[] {
  return surfaceTable(surface).flatMap(({ title, columns, rows }) => [
    `Surface of ${title}, with intervals at 95 % for tasks like these (clustered by task):`,
    markdownTable(
      [{ title: 'Wording of the tasks' }, ...columns.map((column) => ({ title: column, isNumber: true }))],
      rows.map(({ name, cells }) => [name, ...cells]),
    ),
  ])
}
