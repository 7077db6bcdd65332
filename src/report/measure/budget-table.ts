import type { BudgetStatus } from '../../objectives/budgets/budget-status.ts'
import type { BudgetResult } from '../../results/budgets/budget-schema.ts'
import { decimal, signedPercent } from '../../results/budgets/budget-words.ts'
import { adviceFor } from '../../objectives/budgets/budget-action.ts'
import { underCondition } from '../../results/condition-words.ts'
import { grouped } from '../../results/quantity.ts'
import { excludedCounts } from './excluded-words.ts'
import { objectiveWords } from './objective-words.ts'
import type { ServiceRow, ServiceTable } from './service-table.ts'

const looks: Readonly<Record<BudgetStatus, Pick<ServiceRow, 'sign' | 'tone'>>> = {
  unknown: { sign: '–', tone: 'none' },
  healthy: { sign: '✓', tone: 'good' },
  'at risk': { sign: '?', tone: 'open' },
  critical: { sign: '?', tone: 'open' },
  exhausted: { sign: '✕', tone: 'bad' },
}

/** The error budget of each objective under each condition. */
export function budgetTable(budgets: readonly BudgetResult[]): ServiceTable {
  return {
    title: 'Error budgets',
    columns: ['Budget', 'Objective', 'Left', 'Bad, of what is allowed', 'Not counted', 'What to do'],
    rows: budgets.map(rowOf),
  }
}

function rowOf({
  objective,
  condition,
  status,
  remaining,
  bad,
  allowed,
  excluded,
  action,
  sentence,
}: BudgetResult): ServiceRow {
  const title = `${objectiveWords(objective)}, ${underCondition(condition)}`
  return {
    ...looks[status],
    word: status,
    cells: [
      title,
      remaining === null ? '–' : signedPercent(remaining),
      `${grouped(bad)} of ${decimal(allowed)}`,
      excludedCounts(excluded) || '–',
      status === 'healthy' ? action : adviceFor(action),
    ],
    sentence: status === 'healthy' ? '' : `error budget ${status}: ${title}: ${sentence}`,
  }
}
