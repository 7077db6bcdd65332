import { describe, expect, it } from 'vitest'
import { readDeclarations } from '../../src/objectives/read-declarations.ts'
import { declaredRun, requireSameRun } from '../../src/results/declared-run.ts'
import { type DraftRequest, draftDeclaration } from '../../src/results/draft-declaration.ts'
import type { Results } from '../../src/results/results-schema.ts'
import { everyMeasure } from '../report/_measures.ts'
import { resultsOf, scenarioOf } from '../report/_sample.ts'

const desk = scenarioOf('desk', { measure: everyMeasure })
const results = resultsOf([scenarioOf('plain'), desk])
const text = JSON.stringify(results)
const run = declaredRun(text, 'results.json', null)

const request: DraftRequest = {
  agent: 'support desk',
  version: null,
  newest: null,
  commit: 'abcdef0123456789',
  validFrom: '2026-11-23',
  validForDays: 90,
  metrics: ['task_success', 'timeout_free'],
  minimumTrials: 100,
  digits: 3,
  laterTrials: null,
}

const { declaration } = draftDeclaration(run, 'results.json', request)

describe('draftDeclaration', () => {
  it('drafts what a run supports, and says what that run was', () => {
    expect(declaration).toMatchObject({
      agent: 'support desk',
      version: '1.0.0',
      supersedes: null,
      validFrom: '2026-11-23',
      validUntil: '2027-02-20',
      minimumTrials: 100,
      measured: {
        scenario: 'desk',
        seed: results.seed,
        trials: 2_000,
        traceHash: everyMeasure.traceHash,
        results: expect.stringMatching(/^[0-9a-f]{64}$/),
        commit: 'abcdef0123456789',
        shakedown: '0.1.0',
      },
    })
    const values = declaration.values.map(({ metric, value, faultClass }) => [metric, faultClass, value])
    expect(values).toContainEqual(['task_success', 'without faults', 0.991])
    expect(values).toContainEqual(['task_success', 'tool failures', 0.888])
    expect(readDeclarations(declaration, 'draft')).toEqual(declaration)
  })

  it('follows on the newest published version with the next minor one', () => {
    const next = draftDeclaration(run, 'x', { ...request, newest: '1.9.3' }).declaration
    expect([next.version, next.supersedes]).toEqual(['1.10.0', '1.9.3'])
    expect(draftDeclaration(run, 'x', { ...request, newest: '1.9.3', version: '2.0.0' }).declaration.version).toBe(
      '2.0.0',
    )
  })

  it('leaves room for smaller runs, and none for larger ones', () => {
    const of = (laterTrials: number | null) =>
      draftDeclaration(run, 'x', { ...request, laterTrials }).declaration.values.find(
        ({ metric, faultClass }) => metric === 'task_success' && faultClass === 'tool failures',
      )?.value
    expect(of(500)).toBeLessThan(0.86)
    expect([of(2_000), of(9_000)]).toEqual([0.888, 0.888])
  })

  it('holds on its first and its last day, 90 days in all, also over a leap day', () => {
    const { validUntil } = draftDeclaration(run, 'x', {
      ...request,
      validFrom: '2028-02-28',
      validForDays: 3,
    }).declaration
    expect(validUntil).toBe('2028-03-01')
  })

  it('refuses where too few trials back any value', () => {
    expect(() => draftDeclaration(run, 'results.json', { ...request, minimumTrials: 5_000 })).toThrow(
      'results.json: this run supports no value: no more than 2,000 independent observations of any metric, and 5000 are asked for; make more trials, or ask for fewer with --minimum-trials.',
    )
  })
})

describe('declaredRun', () => {
  it.each<[string, Results, string | null, RegExp]>([
    ['without a measure', resultsOf([scenarioOf('plain')]), null, /no scenario of this run was measured/],
    [
      'of several measured scenarios',
      resultsOf([desk, { ...desk, name: 'till' }]),
      null,
      /several scenarios were measured in this run; name one of "desk", "till" with --scenario/,
    ],
    ['without the named scenario', results, 'till', /no scenario "till" was measured in this run; name one of "desk"/],
    [
      'that cannot be trusted',
      { ...results, verdict: { ...results.verdict, status: 'harness failure', reasons: ['desk: state leak.'] } },
      null,
      /ended as a harness failure, and what it counted is no evidence: desk: state leak\./,
    ],
  ])('refuses a run %s', (_what, of, scenario, sentence) => {
    expect(() => declaredRun(JSON.stringify(of), 'results.json', scenario)).toThrow(sentence)
  })

  it('takes the named one of several', () => {
    const several = JSON.stringify(resultsOf([desk, { ...desk, name: 'till' }]))
    expect(declaredRun(several, 'x', 'till').measured.scenario).toBe('till')
  })
})

describe('requireSameRun', () => {
  it('counts the evidence again from the results', () => {
    expect(() => requireSameRun(declaration, 'draft.json', run)).not.toThrow()
  })

  it('refuses the results of another run, by their bytes', () => {
    const other = declaredRun(`${text}\n`, 'x', null)
    expect(() => requireSameRun(declaration, 'draft.json', other)).toThrow(
      /^draft\.json: "measured\.results" is [0-9a-f]{64}, and [0-9a-f]{64} in the results; give the results\.json that it was drafted from, or draft it again\.$/,
    )
  })

  it('refuses evidence that the run does not have, although it is sound in itself', () => {
    const [first, ...others] = declaration.values
    if (first === undefined) throw new Error('nothing was drafted')
    const { evidence } =
      draftDeclaration(run, 'x', { ...request, metrics: ['timeout_free'] }).declaration.values[0] ?? first
    const forged = { ...declaration, values: [{ ...first, evidence }, ...others] }
    expect(readDeclarations(forged, 'x')).toEqual(forged)
    expect(() => requireSameRun(forged, 'draft.json', run)).toThrow(
      'draft.json: "values.0" rests on 2000 of 2000, worth 2000 independent observations, and on 1991 of 2000, worth 2000 independent observations in the results',
    )
    const elsewhere = { ...declaration, values: [{ ...first, faultClass: 'a flood' }] }
    expect(() => requireSameRun(elsewhere, 'draft.json', run)).toThrow(/and on nothing that was counted in the results/)
  })
})
