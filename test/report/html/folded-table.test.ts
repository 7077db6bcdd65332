import { expect, it } from 'vitest'
import { foldedTable } from '../../../src/report/html/folded-table.ts'
import { budgetTable } from '../../../src/report/measure/budget-table.ts'
import type { ServiceRow, ServiceTable } from '../../../src/report/measure/service-table.ts'
import { everyMeasure } from '../_measures.ts'

const rows = (count: number, tone: ServiceRow['tone']) =>
  Array.from({ length: count }, () => ({ sign: '', word: tone, tone, cells: [], sentence: '' }))
const tableOf = (...all: ServiceRow[]): ServiceTable => ({ title: 'Alerts', columns: [], rows: all })

it('folds what is well of a long table, and counts it', () => {
  const { shown, folded, foldedCount } = foldedTable(tableOf(...rows(5, 'good'), ...rows(2, 'none')))
  expect([shown.length, folded.length, foldedCount]).toEqual([0, 7, '5 good, 2 none'])
})

it('shows a short table whole', () => {
  const { shown, folded } = foldedTable(tableOf(...rows(6, 'good')))
  expect([shown.length, folded.length]).toEqual([6, 0])
})

it.each(['bad', 'open'] as const)('never folds a row that is %s', (tone) => {
  const { shown, folded } = foldedTable(tableOf(...rows(30, 'good'), ...rows(1, tone)))
  expect(shown.map((row) => row.tone)).toEqual([tone])
  expect(folded).toHaveLength(30)
})

it('folds the tables of a service', () => {
  const { shown } = foldedTable(budgetTable(everyMeasure.budgets))
  expect(shown.map(({ word }) => word)).toEqual(['exhausted'])
})
