import type { DependencyResult } from '../../results/budgets/budget-schema.ts'
import { signedPercent } from '../../results/budgets/budget-words.ts'
import { underCondition } from '../../results/condition-words.ts'
import { exactPercent } from '../../results/percent.ts'
import { grouped } from '../../results/quantity.ts'
import type { ServiceRow, ServiceTable } from './service-table.ts'

/** What upstreams have promised, and how they kept it under each condition. */
export function dependencyTable(dependencies: readonly DependencyResult[]): ServiceTable {
  return {
    title: 'Dependencies',
    columns: ['Promise', 'Upstream', 'Good, bad and neutral calls', 'Budget left', 'In words'],
    rows: dependencies.map(rowOf),
  }
}

function rowOf({ dependency, condition, good, bad, excluded, ...result }: DependencyResult): ServiceRow {
  const { isBreached, events, remaining, sentence } = result
  const title = `${dependency.upstream} at ${exactPercent(dependency.availability)}, ${underCondition(condition)}`
  return {
    ...(events === 0
      ? ({ sign: '–', word: 'unknown', tone: 'none' } as const)
      : isBreached
        ? ({ sign: '✕', word: 'broken', tone: 'bad' } as const)
        : ({ sign: '✓', word: 'kept', tone: 'good' } as const)),
    cells: [
      title,
      `${grouped(good)} / ${grouped(bad)} / ${grouped(excluded)}`,
      remaining === null ? '–' : signedPercent(remaining),
      sentence,
    ],
    sentence: isBreached ? `${underCondition(condition)}, ${sentence.replace(/\.$/, '')}` : '',
  }
}
