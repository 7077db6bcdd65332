import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScenarioResult, Status } from '../../src/results/results-schema.ts'
import { verdictOf, verdictText } from '../../src/results/verdict.ts'
import { acceptanceOf, doubleRefund, findingOf } from '../report/_findings.ts'
import { propertyOf, scenarioOf, searchOf, tallyOf, today } from '../report/_sample.ts'

const strict = { today, vacuous: 'fail' } as const
const lenient = { today, vacuous: 'allow' } as const

const leak = { kind: 'state leak', trial: 100, sentence: 'make the agent afresh' } as const
const violated = searchOf({ properties: [propertyOf('R4', 'violated', 20, 4)] })

const calm = scenarioOf('calm')
const broken = scenarioOf('broken', { search: violated, findings: [findingOf({ trials: 4 })] })
const organic = scenarioOf('organic', { search: null, faultFree: { tasks: 1, failures: ['task "a" failed'] } })
const vacuous = scenarioOf('vacuous', {
  search: searchOf({ properties: [propertyOf('L1'), propertyOf('R5', 'vacuous')] }),
})
const idle = scenarioOf('idle', { search: searchOf({ families: [{ family: 'latency', delivered: 0 }] }) })
const leaking = scenarioOf('leaking', {
  search: searchOf({ tally: tallyOf({ problems: [leak, { ...leak, trial: 200 }] }) }),
})
const unsearched = scenarioOf('unsearched', { search: null })
const accepted = scenarioOf('accepted', { search: violated, findings: [findingOf({ accepted: acceptanceOf() })] })
const expired = scenarioOf('expired', {
  search: violated,
  findings: [findingOf({ trials: 4, accepted: acceptanceOf({ expires: '2026-02-28' }) })],
})

describe('verdictOf', () => {
  it('passes where every property holds and every family struck', () => {
    expect(verdictOf([calm], strict)).toEqual({
      status: 'pass',
      exitCode: 0,
      summary: '4 properties hold in 1 scenario over 2,000 trials',
      reasons: [],
      scenarios: [{ name: 'calm', status: 'pass', expired: [], declaration: null, inForce: [] }],
      warnings: [],
    })
  })

  it('fails for a finding that nobody accepted, and says which', () => {
    const verdict = verdictOf([calm, broken], strict)
    expect(verdict).toMatchObject({ status: 'fail', exitCode: 1, summary: '1 finding in 1 scenario' })
    expect(verdict.reasons).toEqual([
      expect.stringMatching(
        /^sev3: broken: R4 \(retry\.after\) is violated in 4 of 2,000 trials; in the replay: attempt 2/,
      ),
    ])
  })

  it('passes with an accepted finding and counts it', () => {
    expect(verdictOf([accepted, calm], strict)).toMatchObject({
      exitCode: 0,
      summary: '3 properties hold in 2 scenarios over 4,000 trials; 1 accepted finding',
    })
  })

  it('names an expired acceptance of what only all trials together show', () => {
    const property = { ...propertyOf('R6', 'violated'), conclusion: 'the jitter is missing' }
    const judge = (expires: string) =>
      verdictOf(
        [
          scenarioOf('odd', {
            search: searchOf({ properties: [{ ...property, accepted: acceptanceOf({ expires }) }] }),
          }),
        ],
        strict,
      )
    expect(judge(today).scenarios[0]).toMatchObject({ status: 'pass', expired: [] })
    expect(judge('2026-02-28').scenarios[0]).toMatchObject({ status: 'fail', expired: ['R6'] })
  })

  it('keeps an acceptance through its last day and no longer', () => {
    const lastDay = { ...strict, today: '2026-02-28' }
    expect(verdictOf([expired], lastDay).exitCode).toBe(0)
    const verdict = verdictOf([expired], { ...strict, today: '2026-03-01' })
    expect(verdict.exitCode).toBe(1)
    expect(verdict.scenarios).toMatchObject([{ name: 'expired', status: 'fail', expired: ['R4'], declaration: null }])
    expect(verdict.reasons[0]).toMatch(/Its acceptance by platform team expired after 2026-02-28: mend it or renew\.$/)
  })

  it('fails where the fault-free run failed', () => {
    expect(verdictOf([organic], strict)).toMatchObject({
      exitCode: 1,
      summary: '1 failed fault-free run in 1 scenario',
      reasons: ['sev2: organic: fails without any fault: task "a" failed'],
    })
  })

  it('fails for a violation that no finding explains', () => {
    expect(verdictOf([scenarioOf('torn', { search: violated })], strict)).toMatchObject({
      exitCode: 1,
      reasons: ['torn: R4 is violated in 4 trials, and no finding explains it.'],
    })
  })

  it.each([
    ['a vacuous property', vacuous, 'vacuous: R5 was never put to the test: no trial brought the situation about.'],
    ['a family that never struck', idle, 'idle: no call was ever struck by faults of the family latency.'],
    [
      'nothing that applies',
      scenarioOf('void', { search: searchOf({ properties: [propertyOf('L8', 'not applicable')] }) }),
      'void: has no property that applies to its agent.',
    ],
  ])('is inconclusive for %s, unless the configuration allows it', (_what, scenario, reason) => {
    expect(verdictOf([scenario], strict)).toMatchObject({ status: 'inconclusive', exitCode: 3, reasons: [reason] })
    expect(verdictOf([scenario], lenient)).toMatchObject({ status: 'pass', exitCode: 0, reasons: [] })
  })

  it('counts in a pass what was allowed', () => {
    expect(verdictOf([vacuous, idle], lenient).summary).toMatch(
      /over 4,000 trials; allowed: 1 property never put to the test and 1 fault family that never struck$/,
    )
    expect(verdictOf([calm], lenient).summary).toBe('4 properties hold in 1 scenario over 2,000 trials')
  })

  it.each([
    ['without any scenario', []],
    ['with a scenario that was not searched', [calm, unsearched]],
  ])('is inconclusive %s, whatever the configuration allows', (_what, scenarios) => {
    expect(verdictOf(scenarios, lenient)).toMatchObject({ status: 'inconclusive', exitCode: 3 })
  })

  it('reports a failure of the harness once for each kind of problem', () => {
    expect(verdictOf([leaking], strict)).toMatchObject({
      exitCode: 4,
      summary: '2 problems of the run itself in 1 scenario',
      reasons: ['leaking: state leak at trial 100: make the agent afresh (and 1 more)'],
    })
  })

  it('puts harness failures before failures before what is undecided, in status and reasons', () => {
    const verdict = verdictOf([vacuous, broken, leaking, calm], strict)
    expect(verdict).toMatchObject({ status: 'harness failure', exitCode: 4 })
    expect(verdict.reasons.map((reason) => reason.split(' ')[0])).toEqual(['leaking:', 'sev3:', 'vacuous:'])
    expect(verdictOf([vacuous, broken, calm], strict).exitCode).toBe(1)
    expect(verdictOf([calm, vacuous], strict).exitCode).toBe(3)
    expect(verdict.scenarios.map(({ status }) => status)).toEqual(['inconclusive', 'fail', 'harness failure', 'pass'])
  })

  it('puts what harms before what is late, wherever it was found, and says how grave each is', () => {
    const late = scenarioOf('late', {
      search: searchOf({ properties: [propertyOf('R4', 'violated', 20, 4)] }),
      findings: [findingOf({ trials: 4 })],
    })
    const harmful = scenarioOf('harmful', {
      search: searchOf({ properties: [propertyOf('L11', 'violated', 20, 1), propertyOf('R5', 'vacuous')] }),
      findings: [doubleRefund()],
    })
    const beginnings = (scenarios: readonly ScenarioResult[]) =>
      verdictOf(scenarios, strict).reasons.map((reason) => reason.split(' ').slice(0, 3).join(' '))
    expect(beginnings([late, vacuous, organic, harmful])).toEqual([
      'sev1: harmful: L11',
      'sev2: organic: fails',
      'sev3: late: R4',
      'vacuous: R5 was',
      'harmful: R5 was',
    ])
    expect(beginnings([leaking, harmful])[0]).toBe('leaking: state leak')
    expect(beginnings([late, { ...late, name: 'later' }])).toEqual(['sev3: late: R4', 'sev3: later: R4'])
  })

  it('is never milder for one scenario more, wherever it stands', () => {
    const gravity: readonly Status[] = ['pass', 'inconclusive', 'fail', 'harness failure']
    const scenario: fc.Arbitrary<ScenarioResult> = fc.constantFrom(
      calm,
      broken,
      organic,
      vacuous,
      idle,
      leaking,
      unsearched,
      accepted,
      expired,
    )
    fc.assert(
      fc.property(
        fc.array(scenario, { minLength: 1 }),
        scenario,
        fc.nat(),
        fc.constantFrom(strict, lenient),
        (scenarios, added, place, options) => {
          const before = gravity.indexOf(verdictOf(scenarios, options).status)
          const after = gravity.indexOf(
            verdictOf(scenarios.toSpliced(place % scenarios.length, 0, added), options).status,
          )
          expect(after).toBe(Math.max(before, gravity.indexOf(verdictOf([added], options).status)))
        },
      ),
    )
  })
})

describe('verdictText', () => {
  it('is the status in capitals and what was found', () => {
    expect(verdictText(verdictOf([calm], strict))).toBe('PASS: 4 properties hold in 1 scenario over 2,000 trials')
    expect(verdictText(verdictOf([broken, expired, organic], strict))).toBe(
      'FAIL: 2 findings and 1 failed fault-free run in 3 scenarios',
    )
    expect(verdictText(verdictOf([], strict))).toBe('INCONCLUSIVE: no scenario was run')
  })
})
