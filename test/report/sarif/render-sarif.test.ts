import { describe, expect, it } from 'vitest'
import { renderSarif } from '../../../src/report/sarif/render-sarif.ts'
import { sarifText } from '../../../src/report/sarif/sarif-text.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { days } from '../_days.ts'
import { findingOf } from '../_findings.ts'
import { sarifFaults } from '../_published-schemas.ts'
import { badDay, everyState, goodDay, propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'

/** A run of the file, as far as these tests look at it. */
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
  readonly results: readonly {
    readonly ruleId: string
    readonly ruleIndex: number
    readonly level: string
    readonly message: { readonly text: string }
    readonly partialFingerprints: { readonly primaryLocationLineHash: string }
    readonly relatedLocations?: readonly unknown[]
    readonly suppressions?: readonly { readonly justification: string }[]
    readonly properties: { readonly outcome: string; readonly replay?: string }
  }[]
}

function runOf(results: Results, folder = ''): Run {
  return JSON.parse(renderSarif(results, folder)).runs[0]
}

const fingerprintsOf = (results: Results): string[] =>
  runOf(results).results.map((each) => each.partialFingerprints.primaryLocationLineHash)

describe.each(Object.entries(days))('the SARIF file of %s', (_name, results) => {
  const run = runOf(results)

  it('is what the OASIS schema describes', () => {
    expect(sarifFaults(JSON.parse(renderSarif(results)))).toEqual([])
  })

  it('has the rule of each result at its index, and each rule once', () => {
    const ids = run.tool.driver.rules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { ruleId, ruleIndex } of run.results) expect(ids[ruleIndex]).toBe(ruleId)
  })

  it('has a result that is not suppressed if and only if the run does not pass', () => {
    const open = run.results.filter(({ suppressions = [] }) => suppressions.length === 0)
    expect(open.length > 0).toBe(results.verdict.exitCode !== 0)
    for (const { level } of open) expect(['error', 'warning']).toContain(level)
  })

  it('follows each result by a fingerprint of its own', () => {
    const fingerprints = fingerprintsOf(results)
    expect(new Set(fingerprints).size).toBe(fingerprints.length)
  })
})

describe('renderSarif', () => {
  it('has every judged property as a rule, also those that hold', () => {
    const rules = runOf(badDay).tool.driver.rules
    expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(['L1', 'R1', 'R4', 'L11', 'fault-free-run']))
    expect(rules.find(({ id }) => id === 'R4')).toMatchObject({
      name: 'retry.after',
      shortDescription: { text: expect.stringContaining('No attempt begins before') },
      properties: { tags: ['reliability', 'Retries'] },
    })
  })

  it('tells a finding with witness, smallest cause, replay line and the place of its scenario', () => {
    const [finding] = runOf(badDay, 'packages/agent').results.filter(({ ruleId }) => ruleId === 'R4')
    expect(finding).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: {
              uri: 'packages/agent/scenarios/support-agent-under-provider-trouble.scenario.ts',
              uriBaseId: '%SRCROOT%',
            },
            region: { startLine: 1 },
          },
        },
      ],
      properties: { outcome: 'violated', trials: 412, firstTrial: 3 },
    })
    expect(finding?.message.text).toContain('Smallest cause: One fault is enough:\n- the 2nd call of the model openai')
    expect(finding?.properties.replay).toMatch(/^npx shakedown replay eyJ2/)
  })

  it('relates a finding to the line of the agent that made the call, where that is in the repository', () => {
    const related = (file: string, folder = ''): unknown => {
      const results = resultsOf([scenarioOf('desk', { findings: [findingOf({ code: { call: 3, file, line: 42 } })] })])
      expect(sarifFaults(JSON.parse(renderSarif(results, folder)))).toEqual([])
      return runOf(results, folder).results[0]?.relatedLocations?.[0]
    }
    expect(related('src/my agent.ts', 'packages/desk')).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri: 'packages/desk/src/my%20agent.ts', uriBaseId: '%SRCROOT%' },
        region: { startLine: 42 },
      },
      message: { text: "the agent's code made call 3 here" },
    })
    expect(related('../agent/a.ts', 'packages/desk')).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'packages/agent/a.ts' } },
    })
    for (const elsewhere of ['../a.ts', '/etc/a.ts', 'C:/a.ts']) expect(related(elsewhere), elsewhere).toBeUndefined()
    expect(runOf(badDay).results[0]).not.toHaveProperty('relatedLocations')
  })

  it('suppresses what is accepted, with its reason, and no longer once that has expired', () => {
    const accepted = runOf(goodDay).results
    expect(accepted).toMatchObject([
      { level: 'note', suppressions: [{ kind: 'external', status: 'accepted', justification: expect.any(String) }] },
    ])
    expect(accepted[0]?.suppressions?.[0]?.justification).toContain('accepted by platform team until 2026-06-30: ')
    const expired = runOf(everyState).results.find(({ properties }) => properties.outcome === 'acceptance expired')
    expect(expired).toMatchObject({ level: 'error' })
    expect(expired).not.toHaveProperty('suppressions')
  })

  it('suppresses what stands in quarantine', () => {
    expect(runOf(days['held'] ?? badDay).results).toMatchObject([
      { ruleId: 'R4', level: 'note', suppressions: [{ justification: expect.stringContaining('in quarantine') }] },
    ])
  })

  it('follows a finding through runs in which it was seen more or less often', () => {
    const seen = (trials: number, sentence: string): Results =>
      resultsOf([
        scenarioOf('calm', {
          search: searchOf({ properties: [propertyOf('R4', 'violated', 9, trials)] }),
          findings: [findingOf({ trials, witness: { sentence, at: 0, calls: [], entry: null, spans: [] } })],
        }),
      ])
    expect(fingerprintsOf(seen(3, 'one way'))).toEqual(fingerprintsOf(seen(400, 'another way')))
  })

  it('makes no link and no placeholder of what an agent printed', () => {
    expect(sarifText('[a](javascript:alert(1)) {0} {x}')).toBe('[a] (javascript:alert(1)) {{0}} {{x}}')
  })

  it('gives the same bytes for the same results', () => {
    expect(renderSarif(structuredClone(everyState))).toBe(renderSarif(everyState))
  })
})
