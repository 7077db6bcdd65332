import { describe, expect, it } from 'vitest'
import { matrixView } from '../../../src/report/html/matrix-view.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { scenarioVerdicts } from '../../../src/report/scenario-verdicts.ts'
import type { PropertyResult, ScenarioResult } from '../../../src/results/results-schema.ts'
import { acceptanceOf, findingOf } from '../_findings.ts'
import { propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'

const judging = (name: string, ...properties: readonly PropertyResult[]): ScenarioResult =>
  scenarioOf(name, { search: searchOf({ properties: [...properties] }) })
const viewOf = (...scenarios: readonly ScenarioResult[]) => matrixView(scenarioVerdicts(resultsOf(scenarios)))
const many = (count: number) => Array.from({ length: count }, (_, index) => judging(`s${index + 1}`, propertyOf('L1')))

type Part = ReturnType<typeof viewOf>['parts'][number]

/** The IDs of the rows of each table, those that do not hold somewhere first. */
const rowsOf = ({ parts }: ReturnType<typeof viewOf>) =>
  parts.map(({ groups, calm }) => [...idsOf(groups), ...idsOf(calm?.groups ?? [])])
const idsOf = (groups: Part['groups']) => groups.flatMap(({ rows }) => rows.map(({ id }) => id))

describe('matrixView', () => {
  it('folds what is not applicable wherever it is judged, and nothing else', () => {
    const view = viewOf(
      judging('one', propertyOf('L1'), propertyOf('R4', 'not applicable'), propertyOf('B3', 'not applicable')),
      judging('other', propertyOf('R4'), propertyOf('R5', 'vacuous'), propertyOf('B9', 'not applicable')),
    )
    expect(rowsOf(view)).toEqual([['R5', 'L1', 'R4']])
    expect(view.parts[0]?.calm?.groups[1]?.rows[0]?.cells.map(({ word }) => word)).toEqual(['not applicable', 'holds'])
    expect(view.inapplicable).toEqual({
      summary: '2 of 5 properties are not applicable wherever they are judged',
      groups: [
        {
          title: 'Circuit breaker',
          rows: [
            { id: 'B3', name: 'breaker.silence' },
            { id: 'B9', name: 'breaker.reset' },
          ],
        },
      ],
    })
  })

  it('folds properties that hold wherever they apply once they are more than a glance takes in', () => {
    const calm = ['L1', 'L4', 'L8', 'L11', 'P1', 'R1', 'R4'].map((id) => propertyOf(id))
    const folded = viewOf(judging('one', propertyOf('R5', 'violated', 9, 3), ...calm)).parts[0]
    expect(idsOf(folded?.groups ?? [])).toEqual(['R5'])
    expect(folded?.calm).toMatchObject({ summary: '7 properties hold wherever they apply', isOpen: false })
    expect(viewOf(judging('one', ...calm.slice(1))).parts[0]?.calm?.isOpen).toBe(true)
    const shown = viewOf(judging('one', ...calm.slice(6))).parts[0]?.calm
    expect(shown?.summary).toBe('1 property holds wherever it applies')
    expect(viewOf(judging('one', propertyOf('R5', 'violated', 9, 3))).parts[0]?.calm).toBeNull()
  })

  it('has nothing folded where all applies, and no table where nothing does', () => {
    expect(viewOf(judging('one', propertyOf('L1'))).inapplicable).toBeNull()
    const none = viewOf(judging('one', propertyOf('L8', 'not applicable')))
    expect(none.parts).toEqual([])
    expect(none.inapplicable?.summary).toBe('1 of 1 property is not applicable wherever it is judged')
    expect(viewOf()).toEqual({ parts: [], inapplicable: null })
  })

  it.each([
    [4, [4], [false]],
    [5, [5], [true]],
    [10, [10], [true]],
    [11, [6, 5], [true, true]],
    [21, [7, 7, 7], [true, true, true]],
  ])('puts %i scenarios into tables of about one size that paper holds', (count, widths, isCompact) => {
    const { parts } = viewOf(...many(count))
    expect(parts.map(({ columns }) => columns.length)).toEqual(widths)
    expect(parts.map((part) => part.isCompact)).toEqual(isCompact)
    const columns = parts.flatMap((part) => part.columns)
    expect(columns.map(({ number, anchor }) => `${number} ${anchor}`)).toEqual(
      many(count).map((_, index) => `${index + 1} scenario-${index + 1}`),
    )
  })

  it('leaves rows out of a table none of whose scenarios judges them', () => {
    const view = viewOf(...many(10), judging('eleventh', propertyOf('R4')))
    expect(rowsOf(view)).toEqual([['L1'], ['L1', 'R4']])
    expect(view.parts.map(({ label }) => label)).toEqual([
      'Properties by scenario, scenarios 1 to 6',
      'Properties by scenario, scenarios 7 to 11',
    ])
  })

  it('says in a brief cell what the whole one says, without relying on colour', () => {
    const violated = propertyOf('R4', 'violated', 1_610, 205)
    const cells = viewOf(
      judging('held', propertyOf('R4')),
      judging('vacuous', propertyOf('R4', 'vacuous')),
      judging('inapplicable', propertyOf('R4', 'not applicable')),
      judging('unjudged', propertyOf('L1')),
      { ...judging('violated', violated), findings: [findingOf({ trials: 205 })] },
      { ...judging('accepted', violated), findings: [findingOf({ trials: 205, accepted: acceptanceOf() })] },
      judging('statistical', { ...violated, violations: 0, conclusion: 'far too many' }),
    ).parts[0]?.groups.at(-1)?.rows[0]?.cells
    expect(cells?.map(({ sign, brief }) => `${sign} ${brief}`)).toEqual([
      ...['✓ 1,204', '? vacuous', '– n/a', '– ', '✕ violated 205', '✕ accepted 205', '✕ violated'],
    ])
  })

  it('is drawn with every folded property in the page', () => {
    const page = renderHtml(resultsOf([judging('one', propertyOf('L1'), propertyOf('B3', 'not applicable'))]), null)
    expect(page).toContain('<summary>1 of 2 properties is not applicable wherever it is judged</summary>')
    expect(page).toContain('<b>B3</b> <span class="quiet">breaker.silence</span>')
  })
})
