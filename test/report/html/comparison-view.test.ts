import { describe, expect, it } from 'vitest'
import { comparisonView } from '../../../src/report/html/comparison-view.ts'
import { pageView } from '../../../src/report/html/page-view.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import type { ComparedCell, Comparison } from '../../../src/results/comparison/comparison-schema.ts'
import { verdictOf } from '../../../src/results/verdict.ts'
import { goodDay, today } from '../_sample.ts'

const cell: ComparedCell = {
  scenario: 'support agent under provider trouble',
  condition: 'tool failures',
  task: null,
  baseline: { solved: 1_952, of: 2_000 },
  current: { solved: 1_804, of: 2_000 },
  unit: 'trial',
  observations: 2_000,
  better: 10,
  worse: 158,
  difference: -0.074,
  interval: [-0.09, -0.06],
  p: 0.000_01,
  adjustedP: 0.000_02,
  verdict: 'regressed',
  isIdentical: false,
  isGating: true,
}

const comparison: Comparison = {
  format: 'shakedown-comparison',
  version: 1,
  baseline: 'pinned',
  seeds: { baseline: 1, current: 1 },
  isPaired: true,
  margin: 0.02,
  status: 'regressed',
  refusals: [],
  allowed: [],
  uncompared: [],
  cells: [cell, { ...cell, condition: 'without faults', verdict: 'unchanged', isIdentical: true }],
  means: [],
}

describe('a comparison with a baseline on the page', () => {
  it('says what it came to and tells each rate by sign and word', () => {
    const { sign, summary, rows } = comparisonView(comparison)
    expect(`${sign} ${summary}`).toContain('✕ REGRESSED against pinned: 2 rates compared, 1 regressed, 1 unchanged')
    expect(rows.map((row) => `${row.sign} ${row.word}: ${row.cells.slice(0, 3).join(', ')}`)).toEqual([
      '✕ regressed: under tool failures, 1,952 of 2,000 (97.60 %), 1,804 of 2,000 (90.20 %)',
      '– unchanged (the same traces): without faults, 1,952 of 2,000 (97.60 %), 1,804 of 2,000 (90.20 %)',
    ])
  })

  it('says why nothing was compared, and how it can be', () => {
    const refusals = [{ scenario: 'desk', part: 'graders' as const, sentence: 'the graders differ' }]
    const { basis, remarks } = comparisonView({ ...comparison, status: 'refused', refusals, cells: [] })
    expect(basis).toBe('')
    expect(remarks[0]).toBe('desk: the graders differ')
    expect(remarks[1]).toContain('nothing was compared: ')
  })

  it('has a section of its own, to which the reason of the verdict and the navigation lead', () => {
    const verdict = verdictOf(goodDay.scenarios, { today, vacuous: 'fail' }, [comparison])
    const results = { ...goodDay, comparisons: [comparison], verdict }
    const { reasons, jumps } = pageView(results, null)
    expect(reasons[0]?.anchor).toBe('baseline')
    expect(jumps.map(({ anchor }) => anchor)).toContain('baseline')
    expect(renderHtml(results, null)).toContain('<h2 id="baseline">Against the baseline</h2>')
    expect(renderHtml(goodDay, null)).not.toContain('Against the baseline')
  })
})
