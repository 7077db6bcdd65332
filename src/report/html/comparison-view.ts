import type { ComparedCell, Comparison } from '../../results/comparison/comparison-schema.ts'
import {
  allowanceRemedy,
  comparisonBasis,
  comparisonSummary,
  meanSentence,
} from '../../results/comparison/comparison-words.ts'
import type { Status } from '../../results/results-schema.ts'
import { comparisonColumns, comparisonRows } from '../comparison-rows.ts'
import { statusLooks } from '../status-look.ts'
import type { LookView } from './declaration-view.ts'

/** What the page tells of a comparison with a baseline. */
export interface ComparisonView {
  readonly tone: string
  readonly sign: string
  readonly summary: string
  /** On what it rests; empty where nothing was compared. */
  readonly basis: string
  readonly columns: readonly string[]
  readonly rows: readonly (LookView & { readonly scenario: string; readonly cells: readonly string[] })[]
  /** What was refused, allowed or measured on one side only, and means that differ. */
  readonly remarks: readonly string[]
}

const statuses: Readonly<Record<Comparison['status'], Status>> = {
  unchanged: 'pass',
  improved: 'pass',
  regressed: 'fail',
  undecided: 'inconclusive',
  refused: 'inconclusive',
}

const looks: Readonly<Record<ComparedCell['verdict'], Pick<LookView, 'tone' | 'sign'>>> = {
  regressed: { tone: 'bad', sign: '✕' },
  undecided: { tone: 'open', sign: '?' },
  improved: { tone: 'good', sign: '✓' },
  unchanged: { tone: 'none', sign: '–' },
}

/** Arranges a comparison for the templates: what it came to, on what that rests, and its rates. */
export function comparisonView(comparison: Comparison): ComparisonView {
  const { status, refusals, allowed, uncompared, means } = comparison
  const { tone, sign } = statusLooks[statuses[status]]
  const differing = means.filter(({ difference }) => difference !== 0)
  return {
    ...{ tone, sign },
    summary: comparisonSummary(comparison),
    basis: status === 'refused' ? '' : comparisonBasis(comparison),
    columns: comparisonColumns,
    rows: comparisonRows(comparison).map(({ scenario, outcome, verdict, cells }) => ({
      ...looks[outcome],
      ...{ word: verdict, scenario, cells },
    })),
    remarks: [
      ...refusals.map(({ scenario, sentence }) => `${scenario}: ${sentence}`),
      ...(status === 'refused' ? [`nothing was compared: ${allowanceRemedy(comparison)}`] : []),
      ...allowed.map(({ scenario, sentence }) => `allowed: ${scenario}: ${sentence}`),
      ...uncompared,
      ...differing.map((mean) => `${mean.scenario}: ${meanSentence(mean)}`),
    ],
  }
}
