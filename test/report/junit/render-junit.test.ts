import { describe, expect, it } from 'vitest'
import { renderJunit } from '../../../src/report/junit/render-junit.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { days } from '../_days.ts'
import { findingOf } from '../_findings.ts'
import { badDay, environment, everyState, goodDay, propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'
import { junitFaults } from './_junit-schema.ts'
import { type Parsed, parseXml } from '../_parse-xml.ts'

function suitesOf(results: Results): readonly Parsed[] {
  return parseXml(renderJunit(results)).children
}

function casesOf(suite: Parsed | undefined): readonly Parsed[] {
  return suite?.children.filter(({ name }) => name === 'testcase') ?? []
}

/** The first remark on a case of that name. */
function remarkOf(results: Results, caseName: string): Parsed | undefined {
  const remarked = suitesOf(results)
    .flatMap(casesOf)
    .filter(({ children }) => children.length > 0)
  return remarked.find(({ attributes }) => attributes.name === caseName)?.children[0]
}

describe.each(Object.entries(days))('the JUnit file of %s', (_name, results) => {
  const root = parseXml(renderJunit(results))

  it('is what the schema of the xUnit plugin of Jenkins describes', async () => {
    expect(await junitFaults(renderJunit(results))).toEqual([])
  })

  it('says what is the matter inside each element, where GitLab looks for it', () => {
    const remarks = root.children.flatMap(casesOf).flatMap(({ children }) => children)
    expect(remarks.filter(({ text }) => text.trim() === '')).toEqual([])
  })

  it('counts its cases truly, for each suite and in all', () => {
    const count = (cases: readonly Parsed[], element: string) =>
      String(cases.filter(({ children }) => children.some(({ name }) => name === element)).length)
    for (const suite of root.children) {
      const cases = casesOf(suite)
      expect(suite.attributes).toMatchObject({
        tests: String(cases.length),
        failures: count(cases, 'failure'),
        errors: count(cases, 'error'),
        skipped: count(cases, 'skipped'),
      })
    }
    const all = root.children.flatMap(casesOf)
    expect(root.attributes).toMatchObject({
      tests: String(all.length),
      failures: count(all, 'failure'),
      errors: count(all, 'error'),
    })
  })

  it('is clean if and only if the run passes', () => {
    const isClean = root.attributes.failures === '0' && root.attributes.errors === '0'
    expect(isClean).toBe(results.verdict.exitCode === 0)
    expect(Number(root.attributes.tests)).toBeGreaterThan(0)
  })

  it('has no case twice, or GitLab would drop the second', () => {
    const names = root.children.flatMap(casesOf).map(({ attributes }) => `${attributes.classname} ${attributes.name}`)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('renderJunit', () => {
  it('tells a failure with witness, smallest plan and replay line, where services that ignore messages show it too', () => {
    const failure = remarkOf(badDay, 'R4 retry.after')
    expect(failure?.name).toBe('failure')
    expect(failure?.attributes.message).toContain('it may not begin before 20.900 s')
    expect(failure?.text.split('\n')).toEqual([
      'R4 retry.after: No attempt begins before the time that the Retry-After of the attempt before allows.',
      'Violated in 412 of 2,000 trials, first in trial 3.',
      'In service: sev3, which calls nobody: it waits for working hours, and then for 60 min at most.',
      expect.stringContaining('What happened in the replay: attempt 2 of logical call 2'),
      'Smallest cause: One fault is enough:',
      '- the 2nd call of the model openai is answered 429 rate_limit_exceeded for its tokens per minute, to be retried after 20 s',
      'How to mend it: Usually the client ignores or caps Retry-After: wait as long as it says, or give up where that is longer than the agent is to wait.',
      expect.stringMatching(/^Replay: npx shakedown replay eyJ2/),
    ])
  })

  it('skips what is vacuous, not applicable or accepted, and says why', () => {
    expect(remarkOf(badDay, 'R5 retry.backoff')?.attributes).toEqual({
      type: 'vacuous',
      message: 'never put to the test: none of 2,000 trials brought its situation about, so nothing is known',
    })
    expect(remarkOf(badDay, 'L8 approval.gate')).toMatchObject({
      name: 'skipped',
      attributes: { type: 'not applicable' },
    })
    const accepted = remarkOf(goodDay, 'R4 retry.after')
    expect(accepted).toMatchObject({ name: 'skipped', attributes: { type: 'accepted' } })
    expect(accepted?.text).toContain('Replay: npx shakedown replay')
  })

  it('reports a run that only vacuous properties keep from passing as an error of its verdict', () => {
    expect(remarkOf(days.inconclusive ?? resultsOf([]), 'verdict')).toMatchObject({
      name: 'error',
      attributes: {
        type: 'inconclusive',
        message: 'calm: R5 was never put to the test: no trial brought the situation about.',
      },
    })
  })

  it('reports problems of the run itself as errors, the failing run without faults as a failure', () => {
    expect(remarkOf(everyState, 'no state leak')).toMatchObject({ name: 'error', attributes: { type: 'state leak' } })
    expect(remarkOf(everyState, 'no nondeterminism')?.text).toBe(
      'trial 7: two runs of one seed differ from event 12 on',
    )
    const failing = suitesOf(everyState)
      .flatMap(casesOf)
      .find(({ children }) => children[0]?.attributes.type === 'fails without faults')
    expect(failing?.children[0]?.text).toContain('- L3 does not hold: stop reason')
  })

  it('fails an acceptance that has expired', () => {
    const expired = suitesOf(everyState)
      .flatMap(casesOf)
      .map(({ children }) => children[0])
      .find((remark) => remark?.attributes.type === 'acceptance expired')
    expect(expired?.attributes.message).toContain('accepted by platform team until 2026-02-28')
  })

  it('holds nothing of the real clock or the machine, and gives the same bytes for the same results', () => {
    const text = renderJunit(badDay)
    expect(text).toBe(renderJunit(structuredClone(badDay)))
    expect(text).not.toMatch(/\b(timestamp|hostname)=/)
    expect(new Set(text.match(/\btime="[^"]*"/g))).toEqual(new Set(['time="0"']))
    expect(text).not.toContain(environment.node)
    expect(text).toContain('<property name="virtualSeconds" value="147600"/>')
  })

  it('has a time everywhere, because some readers show one that is missing as NaN', () => {
    const root = parseXml(renderJunit(badDay))
    const timed = [root, ...root.children, ...root.children.flatMap(casesOf)]
    expect(timed.map(({ attributes }) => attributes.time)).toEqual(timed.map(() => '0'))
  })

  it('names files from the root of the repository', () => {
    const [suite] = parseXml(renderJunit(goodDay, 'packages/agent')).children
    expect(suite?.attributes.file).toBe('packages/agent/scenarios/support-agent-under-provider-trouble.scenario.ts')
  })

  it('shortens what would cost the whole file', async () => {
    const long = '<'.repeat(12_000_000)
    const text = renderJunit(
      resultsOf([
        scenarioOf(long, {
          search: searchOf({ properties: [propertyOf('R4', 'violated', 9, 9)] }),
          findings: [findingOf({ witness: { sentence: long, at: 0, calls: [], entry: null, spans: [] }, token: long })],
        }),
      ]),
    )
    expect(text.length).toBeLessThan(1_000_000)
    expect(await junitFaults(text)).toEqual([])
  })

  it('leaves nothing of what an agent printed able to act', () => {
    const text = renderJunit(everyState)
    expect(text).not.toMatch(/<(script|img)/)
    expect(text).not.toMatch(/[^\P{C}\n]/u)
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;')
  })
})
