import { describe, expect, it } from 'vitest'
import { pageView } from '../../../src/report/html/page-view.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { reasonViews } from '../../../src/report/html/reason-links.ts'
import { sinceView } from '../../../src/report/html/since-view.ts'
import { testedView } from '../../../src/report/html/tested-view.ts'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { reducedRun } from '../../../src/report/reduced-run.ts'
import { scenarioVerdicts } from '../../../src/report/scenario-verdicts.ts'
import { renderBrief } from '../../../src/report/terminal/render-brief.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import type { DatedResults } from '../../../src/results/trends/trends.ts'
import { trendsOf } from '../../../src/results/trends/trends-of.ts'
import { nightly } from '../../results/trends/_runs.ts'
import { findingOf } from '../_findings.ts'
import {
  badDay,
  everyState,
  fullDay,
  goodDay,
  measuredDay,
  propertyOf,
  resultsOf,
  scenarioOf,
  searchOf,
} from '../_sample.ts'

const tested = (results: Results) => testedView(scenarioVerdicts(results))

describe('the scenarios on the first screen', () => {
  it('are all named with their outcomes, those that broke first, and lead to their sections', () => {
    const { count, shown, others } = tested(badDay)
    expect(count).toBe('1 of 3 scenarios broke, 2 passed')
    expect(shown.map(({ sign, word, name, anchor }) => `${sign} ${word}: ${name} #${anchor}`)).toEqual([
      '✕ broke: support agent under provider trouble #scenario-1',
      '✓ passed: support agent, calm weather #scenario-2',
      '✓ passed: plain loop on the raw client #scenario-3',
    ])
    expect(others).toEqual([])
  })

  it('say which agent is declared for which of them', () => {
    expect(tested(measuredDay).shown.map(({ agents }) => agents)).toEqual([
      ...['declared for support agent', 'declared for support agent'],
    ])
    expect(tested(badDay).shown.map(({ agents }) => agents)).toEqual(['', '', ''])
  })

  it('tell every status apart, and fold what is more than eight', () => {
    expect(tested(everyState).count).toBe('1 of 9 scenarios without a verdict, 6 broke, 2 passed')
    const { shown, others, othersCount } = tested(fullDay)
    expect(shown).toHaveLength(8)
    expect([others.length, othersCount]).toEqual([2, '2 more scenarios, all passed'])
    expect(tested(resultsOf([])).count).toBe('No scenario was run')
  })
})

describe('the reasons of the verdict', () => {
  it('lead to the finding, the objective or the scenario that they speak of, and lose no word', () => {
    const views = reasonViews(measuredDay)
    expect(
      views.map(({ incident, lead, rest }) => `${incident === null ? '' : `${incident.severity}: `}${lead}${rest}`),
    ).toEqual(measuredDay.verdict.reasons)
    expect(views.map(({ anchor }) => anchor)).toContain('scenario-1-objective-1')
    const ofFindings = reasonViews(badDay)
    expect(ofFindings.slice(0, 2).map(({ incident, anchor, lead }) => [incident?.severity, anchor, lead])).toEqual([
      ['sev1', 'finding-1-2', 'support agent under provider trouble: L11 (effects.at-most-once)'],
      ['sev3', 'finding-1-1', 'support agent under provider trouble: R4 (retry.after)'],
    ])
  })

  it('are not taken for those of a scenario whose name begins alike', () => {
    const search = searchOf({ properties: [propertyOf('R4', 'violated', 9, 3)] })
    const results = resultsOf([
      scenarioOf('desk', { search, findings: [findingOf({ trials: 3 })] }),
      scenarioOf('desk: R4', { search, findings: [findingOf({ trials: 3 })] }),
    ])
    expect(reasonViews(results).map(({ anchor }) => anchor)).toEqual([...['finding-1-1', 'finding-2-1']])
  })

  it('stay text where they speak of no place', () => {
    expect(reasonViews(resultsOf([]))).toEqual([{ incident: null, anchor: '', lead: '', rest: 'No scenario was run.' }])
  })
})

describe('a run of fewer trials than its scenarios ask for', () => {
  const quick = resultsOf([scenarioOf('quick', { search: searchOf({ declaredTrials: 8_000 }) }), scenarioOf('full')])

  it('says so on the page and in the summary', () => {
    const told =
      'Not a full run, as with --quick or --trials: it searched 4,000 of the 10,000 trials that its scenarios ask for. What it found is real; what it did not find may still be there.'
    expect(reducedRun(quick)).toBe(told)
    expect(pageView(quick, null).reduced).toBe(told)
    expect(renderMarkdown(quick, null).replaceAll('\\', '')).toContain(`**${told}**`)
    expect(renderTerminal(quick, { colour: false, columns: 400 })).toContain(`\n${told}\n`)
    expect(renderBrief(quick, { colour: false })).toContain(`\n${told}\n`)
  })

  it('is not what a full run is called, nor one that is measured until all is decided', () => {
    expect(reducedRun(goodDay)).toBeNull()
    expect(reducedRun(measuredDay)).toBeNull()
    const scenarios = measuredDay.scenarios.map((scenario) => ({
      ...scenario,
      measure: scenario.measure && { ...scenario.measure, declaredTrials: 4_000, mostTrials: 4_000 },
    }))
    expect(reducedRun({ ...measuredDay, scenarios })).toBeNull()
    const shorter = scenarios.map((scenario) => ({
      ...scenario,
      measure: scenario.measure && { ...scenario.measure, mostTrials: null },
    }))
    expect(reducedRun({ ...measuredDay, scenarios: shorter })).toContain('measured 10,000 of the 20,000 trials')
  })
})

describe('what is new since last time', () => {
  it('is said to be unknown where no earlier run was given, with the command that gives one', () => {
    const { text, command, anchor } = sinceView(null)
    expect(text).toContain('no earlier run was given')
    expect(command).toBe('npx shakedown run --previous <folder>')
    expect(anchor).toBe('')
  })

  it('is counted where one was given', () => {
    const nights = [
      nightly({ day: 1, solved: 1_990, retries: 'holds' }),
      nightly({ day: 8, solved: 1_600, retries: 'violated' }),
    ] as const
    const since = (earlier: readonly DatedResults[]) =>
      sinceView(trendsOf(nights[1], { runs: earlier, unreadable: [] }))
    expect(since([nights[0]])).toEqual({ text: '1 new; over 1 earlier run', anchor: 'trends', command: '' })
    const trends = trendsOf(nights[1], { runs: [nights[0]], unreadable: [] })
    expect(renderTerminal(nights[1].results, { colour: false, columns: 100 }, trends)).toContain(
      '\nSince last time: 1 new; over 1 earlier run\n',
    )
    expect(since([])).toEqual({ text: 'no run before this one can be compared.', anchor: 'trends', command: '' })
  })

  it('is left out of a public edition, whose readers have no earlier runs', () => {
    const edition = { name: 'public', full: 'a'.repeat(64), kept: [] } as const
    expect(pageView({ ...badDay, edition: { ...edition, kept: [] } }, null).since).toBeNull()
  })
})

it('lets the keyboard skip to the verdict first, then to the details', () => {
  const page = renderHtml(goodDay, null)
  expect([...page.matchAll(/<a class="skip" href="#(\w+)">([^<]*)/g)].map(([, aim, words]) => [aim, words])).toEqual([
    ['verdict', 'Skip to the verdict'],
    ['main', 'Skip to the details'],
  ])
})
