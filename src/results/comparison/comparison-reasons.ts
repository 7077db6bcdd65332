import type { Reason } from '../reason.ts'
import type { Comparison } from './comparison-schema.ts'
import { allowanceRemedy, cellSentence, comparisonSummary } from './comparison-words.ts'

/** A reason, and the scenario that it is about; null for the comparison as a whole. */
export interface ComparisonReason extends Reason {
  readonly scenario: string | null
}

/** What a comparison with a baseline has against passing: each regression, what is undecided, or that it is refused. */
export function comparisonReasons(comparison: Comparison): ComparisonReason[] {
  switch (comparison.status) {
    case 'unchanged':
    case 'improved':
      return []
    case 'refused':
      return refusals(comparison)
    case 'undecided':
      return undecided(comparison)
    case 'regressed':
      return comparison.cells
        .filter(({ isGating, verdict }) => isGating && verdict === 'regressed')
        .map((cell) => ({
          status: 'fail',
          about: 'regression',
          count: 1,
          scenario: cell.scenario,
          sentence: `${cellSentence(cell)}, against the baseline ${comparison.baseline}.`,
        }))
  }
}

function refusals(comparison: Comparison): ComparisonReason[] {
  const { refusals: found, baseline } = comparison
  return [...Map.groupBy(found, ({ scenario }) => scenario)].map(([scenario, ofScenario]) => ({
    status: 'inconclusive',
    about: 'refused comparison',
    count: 1,
    scenario,
    sentence: `${scenario}: not compared with the baseline ${baseline}, because ${ofScenario.map(({ sentence }) => sentence).join('; ')}: ${allowanceRemedy(comparison)}.`,
  }))
}

function undecided(comparison: Comparison): ComparisonReason[] {
  const base = { status: 'inconclusive', about: 'undecided comparison', count: 1 } as const
  const cells = comparison.cells.filter(({ isGating, verdict }) => isGating && verdict === 'undecided')
  if (cells.length === 0) return [{ ...base, scenario: null, sentence: `${comparisonSummary(comparison)}.` }]
  return cells.map((cell) => ({
    ...base,
    scenario: cell.scenario,
    sentence: `${cellSentence(cell)}, against the baseline ${comparison.baseline}: ${cell.unit === 'task' ? 'measure more tasks' : 'make more trials'}, or widen the margin.`,
  }))
}
