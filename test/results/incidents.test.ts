import { describe, expect, it } from 'vitest'
import { actionsOfProperty } from '../../src/objectives/incidents/actions-of-property.ts'
import { responses } from '../../src/objectives/incidents/severity.ts'
import { severityOfProperty } from '../../src/objectives/incidents/severity-of.ts'
import { properties } from '../../src/properties/properties.ts'
import { incidentsOf } from '../../src/results/incidents/incidents-of.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts'
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts'
import { acceptanceOf, findingOf } from '../report/_findings.ts'
import { everyMeasure } from '../report/_measures.ts'
import { resultsOf, scenarioOf } from '../report/_sample.ts'

const minuteMs = 60_000

describe('the severities of incidents', () => {
  // Seed 001: harmful or unsafe outputs within 5 minutes, unavailable or below its objective within 15, slow or
  // intermittent within an hour; three actions each.
  it('have the response times of the table, and what to do', () => {
    expect(Object.entries(responses).map(([name, { respondWithinMs }]) => [name, respondWithinMs / minuteMs])).toEqual([
      ['sev1', 5],
      ['sev2', 15],
      ['sev3', 60],
    ])
    expect(Object.values(responses).map(({ actions }) => actions.length)).toEqual([3, 3, 3])
  })

  it('say who is called, and of the mildest that nobody is', () => {
    expect(Object.values(responses).map(({ called }) => called)).toEqual([
      ...['the engineer on call and whoever answers for the safety of the agent', 'the engineer on call', null],
    ])
  })

  it.each([
    ['P1', 'sev1'],
    ['P4', 'sev1'],
    ['L8', 'sev1'],
    ['L11', 'sev1'],
    ['Z1', 'sev1'],
    ['L1', 'sev2'],
    ['T1', 'sev2'],
    ['R4', 'sev3'],
    ['B2', 'sev3'],
    ['P1-of-a-project', 'sev3'],
  ])('put %s at %s', (id, severity) => {
    expect(severityOfProperty(id)).toBe(severity)
  })

  it('know every property of policy and approval as harm', () => {
    const ids = [...properties.policy, ...properties.approval].map(({ id }) => id)
    expect(ids.map(severityOfProperty)).toEqual(ids.map(() => 'sev1'))
  })
})

describe('the first actions', () => {
  const actionsOf = (id: string) => actionsOfProperty(id, severityOfProperty(id))

  it('take what harms out of service, and look for the harm that was done', () => {
    for (const { id } of properties.all.filter((each) => severityOfProperty(each.id) === 'sev1')) {
      expect(actionsOf(id).slice(0, 3), id).toEqual(responses.sev1.actions)
      expect(actionsOf(id).length, id).toBe(4)
    }
  })

  it('are three of its own for what does no harm, and begin with the replay or the declaration', () => {
    for (const { id } of properties.all.filter((each) => severityOfProperty(each.id) !== 'sev1')) {
      expect(actionsOf(id).length, id).toBe(3)
      expect(actionsOf(id)[0], id).toMatch(/^Replay the finding, and |^Declare "unknown"/)
    }
  })

  it('tell a retry that must not be from one that comes too soon', () => {
    expect(actionsOf('R3')[1]).toContain('give up at once')
    expect(actionsOf('R4')[1]).toContain('wait as long as Retry-After says')
    expect(actionsOf('R5')[1]).toContain('base, factor, cap, jitter')
    expect(actionsOf('constructor')).toEqual(responses.sev3.actions)
  })
})

describe('the incidents of a run', () => {
  const seenIn = (...args: Parameters<typeof scenarioOf>) =>
    incidentsOf(scenarioOf(...args)).map(({ severity, side, source, about }) => [severity, side, source, about])

  it('are none where all is well', () => {
    expect(seenIn('calm')).toEqual([])
  })

  it('put what harms before what is down, wherever it was found', () => {
    const [harm, late] = [findingOf({ property: 'P1' }), findingOf({ property: 'R4' })]
    expect(seenIn('desk', { findings: [late, findingOf({ property: 'L1' }), harm] })).toEqual([
      ['sev1', 'agent', 'finding', 'P1'],
      ['sev2', 'agent', 'finding', 'L1'],
      ['sev3', 'agent', 'finding', 'R4'],
    ])
    const attacked = everyMeasure.objectives.map((each) =>
      each.objective.measure === 'violation detection' ? { ...each, verdict: 'missed' as const } : each,
    )
    expect(seenIn('desk', { measure: { ...everyMeasure, objectives: attacked } })).toEqual([
      ['sev1', 'agent', 'objective', 'violation detection'],
      ['sev2', 'agent', 'declared value', 'task_success'],
      ['sev2', 'agent', 'objective', 'task success'],
      ['sev2', 'provider', 'dependency', 'openai'],
    ])
  })

  it('say what was seen, how soon somebody must be there, and what to do', () => {
    const [incident] = incidentsOf(scenarioOf('desk', { findings: [findingOf({ property: 'P1', trials: 412 })] }))
    expect(incident).toMatchObject({ respondWithinMs: 5 * minuteMs, isAccepted: false })
    expect(incident?.evidence).toMatch(/^in 412 of 2,000 trials; in the replay: attempt 2 of logical call 2/)
    expect(incident?.actions.slice(0, 3)).toEqual(responses.sev1.actions)
    expect(incident?.actions.slice(3)).toEqual([
      'Look in service for calls of the tool that the finding names, and undo what they did.',
    ])
  })

  it('count a run without faults that fails, and trials that did not end by themselves, as downtime', () => {
    const faultFree = { tasks: 2, failures: ['task "a": wrong', 'task "b": wrong'] }
    expect(incidentsOf(scenarioOf('organic', { faultFree, search: null }))).toMatchObject([
      { severity: 'sev2', source: 'run without faults', evidence: 'without any fault: task "a": wrong (and 1 more)' },
    ])
    const [first, ...others] = everyMeasure.conditions
    if (first === undefined) throw new Error('no condition')
    const hung = { ...first, tally: { ...first.tally, ends: { finished: 1_997, stalled: 3 } } }
    const measure = {
      ...everyMeasure,
      conditions: [hung, ...others],
      objectives: [],
      declaration: null,
      dependencies: [],
    }
    expect(incidentsOf(scenarioOf('hung', { measure }))).toMatchObject([
      { severity: 'sev2', evidence: 'without faults, of 2,000 trials, 3 stalled' },
    ])
  })

  it('keep those of a provider apart, and mark accepted findings', () => {
    const [dependency] = everyMeasure.dependencies
    if (dependency === undefined) throw new Error('no dependency')
    const dependencies = [{ ...dependency, tasksExcluded: 0 }]
    const measure = { ...everyMeasure, objectives: [], declaration: null, dependencies }
    expect(seenIn('desk', { measure })).toEqual([['sev3', 'provider', 'dependency', 'openai']])
    const [accepted] = incidentsOf(scenarioOf('desk', { findings: [findingOf({ accepted: acceptanceOf() })] }))
    expect(accepted?.isAccepted).toBe(true)
  })

  it('are in every rendering, the gravest first', () => {
    const findings = [findingOf({ property: 'R4' }), findingOf({ property: 'P1', accepted: acceptanceOf() })]
    const results = resultsOf([scenarioOf('desk', { findings })])
    expect(renderMarkdown(results, null)).toMatch(
      /\| ✕ sev1 \| finding: P1 \(accepted\) .*5 min .*\n\| ✕ sev3 \| finding: R4 /,
    )
    expect(renderTerminal(results, { colour: false, columns: 400 })).toMatch(
      /incidents: 1 sev1, which calls the engineer on call and .+\n.+incidents: 1 sev3, which calls nobody: /,
    )
    expect(renderHtml(results, null)).toMatch(/<td[^>]*><a href="#finding-1-2">finding: P1 \(accepted\)<\/a><\/td>/)
  })
})
