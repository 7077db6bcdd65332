import { expect, it } from 'vitest'
import { foldOf, foldedTable } from '../../../src/report/html/folded-table.ts'
import { budgetTable } from '../../../src/report/measure/budget-table.ts'
import { everyMeasure } from '../_measures.ts'

const rows = (count: number, tone: string) => Array.from({ length: count }, () => ({ word: tone, tone }))

it('folds a long table in which all is well, and counts what is in it', () => {
  expect(foldOf(rows(7, 'good'))).toEqual({ count: '7 good', isOpen: false })
  expect(foldOf(rows(6, 'good')).isOpen).toBe(true)
})

it.each(['bad', 'open'])('leaves a long table open in which one row is %s', (tone) => {
  expect(foldOf([...rows(30, 'good'), ...rows(1, tone)])).toEqual({ count: `30 good, 1 ${tone}`, isOpen: true })
})

it('folds the tables of a service', () => {
  expect(foldedTable(budgetTable(everyMeasure.budgets))).toMatchObject({ count: '1 exhausted', isOpen: true })
})
