import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/results/results-schema.ts'
import { pageView } from '../../../src/report/html/page-view.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { doubleRefund, findingOf, rateLimit } from '../_findings.ts'
import { everyMeasure } from '../_measures.ts'
import { propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'

const silence: Finding['plan']['faults'][number] = {
  ...rateLimit,
  id: 'tool.success_then_silence',
  target: { kind: 'tool', name: 'issue_refund' },
  parameters: {},
}
const twice = { ...doubleRefund(), plan: { faults: [silence] } }

function measured(...findings: Finding[]) {
  const properties = findings.map(({ property, trials }) => propertyOf(property, 'violated', 900, trials))
  return resultsOf([scenarioOf('desk', { measure: everyMeasure, findings, search: searchOf({ properties }) })])
}

const shownOf = (results: ReturnType<typeof measured>) => ({
  page: renderHtml(results, null),
  summary: renderMarkdown(results, null).replaceAll('\\', ''),
  terminal: renderTerminal(results, { colour: false, columns: 100_000 }),
})

describe('the figures of a measure beside what the search found', () => {
  it('say so in every report: the gravest finding first, its cause, and that the measure has no such fault', () => {
    const shown = shownOf(measured(findingOf(), twice))
    for (const text of Object.values(shown)) {
      expect(text).toContain('sev1 L11 effects.at-most-once')
      expect(text).toContain('no condition of the measure has tool.success_then_silence')
    }
    expect(shown.page).toContain('<a href="#finding-1-2">sev1 L11 effects.at-most-once</a> in 57 of ')
    expect(shown.terminal.indexOf('stands sev1 L11')).toBeLessThan(shown.terminal.indexOf('stands sev3 R4'))
    expect(shown.summary).toContain('These figures are shares under the faults of their conditions')
  })

  it('name the faults that were measured, and lead from each card to the gravest finding', () => {
    const view = pageView(measured(findingOf(), twice), null)
    const names = view.scenarios[0]?.measure?.against?.measured.map(({ condition }) => condition)
    const having = everyMeasure.conditions.filter(({ faults }) => faults.length > 0).map(({ name }) => name)
    expect(having.length).toBeGreaterThan(0)
    expect(names).toEqual(having)
    expect(view.overview.objectives.cards.map(({ against }) => against?.anchor)).toEqual(
      view.overview.objectives.cards.map(() => 'finding-1-2'),
    )
  })

  it('do not call a fault unmeasured that a condition has', () => {
    const [condition] = everyMeasure.conditions.filter(({ faults }) => faults.length > 0)
    const { page } = shownOf(measured(findingOf({ plan: { faults: [condition?.faults[0] ?? silence] } })))
    expect(page).toContain(`the measure has faults of this kind under ${condition?.name}`)
    expect(page).not.toContain('no condition of the measure has')
    expect(shownOf(measured(findingOf({ plan: { faults: [] } }))).page).toContain(', without any fault.')
  })

  it('stand alone where nothing was found', () => {
    for (const text of Object.values(shownOf(measured()))) expect(text).not.toContain('which the search found')
    expect(pageView(measured(), null).scenarios[0]?.measure?.against).toBeNull()
  })
})

it('what a number of trials cannot show stands on the page, below the counts', () => {
  const resolution = ['safety of at least 99 %: 1,000 trials show it with a chance of 26.43 %']
  const page = renderHtml(resultsOf([scenarioOf('desk', { measure: { ...everyMeasure, resolution } })]), null)
  const places = ['Measures by condition', 'What this number of trials cannot show:', `<li>${resolution[0]}.</li>`]
  const found = places.map((words) => page.indexOf(words))
  expect(found).not.toContain(-1)
  expect(found).toEqual(found.toSorted((one, other) => one - other))
})
