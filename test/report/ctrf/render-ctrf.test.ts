import { describe, expect, it } from 'vitest'
import { renderCtrf } from '../../../src/report/ctrf/render-ctrf.ts'
import { days } from '../_days.ts'
import { ctrfFaults } from '../_published-schemas.ts'
import { badDay, environment, everyState } from '../_sample.ts'

/** A test of the report, as far as these tests look at it. */
interface Test {
  readonly name: string
  readonly status: string
  readonly testId: string
}

describe.each(Object.entries(days))('the CTRF report of %s', (_name, results) => {
  const report = JSON.parse(renderCtrf(results, null))
  const { tests, summary } = report.results

  it('is what the schema of the format describes', () => {
    expect(ctrfFaults(report)).toEqual([])
  })

  it('counts its tests truly', () => {
    const count = (wanted: string) => tests.filter(({ status }: Test) => status === wanted).length
    expect(summary).toMatchObject({
      tests: tests.length,
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      pending: 0,
      other: 0,
    })
    expect(summary.passed + summary.failed + summary.skipped).toBe(tests.length)
  })

  it('has a failed test if and only if the run does not pass', () => {
    expect(summary.failed > 0).toBe(results.verdict.exitCode !== 0)
    expect(report.results.environment.healthy).toBe(results.verdict.exitCode === 0)
  })

  it('follows each test by an identifier of its own', () => {
    const ids = tests.map(({ testId }: Test) => testId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('renderCtrf', () => {
  it('tells a finding with its words, and what is undecided by its raw status', () => {
    const { tests } = JSON.parse(renderCtrf(badDay, environment)).results
    expect(tests.find(({ name }: Test) => name === 'R4 retry.after')).toMatchObject({
      status: 'failed',
      rawStatus: 'violated',
      suite: ['support agent under provider trouble'],
      filePath: 'packages/agent/scenarios/support-agent-under-provider-trouble.scenario.ts',
      message: expect.stringContaining('it may not begin before 20.900 s'),
      trace: expect.stringContaining('Replay: npx shakedown replay'),
    })
    const undecided = JSON.parse(renderCtrf(days['inconclusive'] ?? badDay, null)).results.tests
    expect(undecided.find(({ name }: Test) => name === 'verdict')).toMatchObject({
      status: 'failed',
      rawStatus: 'inconclusive',
    })
  })

  it('takes its times from the environment, and has none without', () => {
    const start = Date.parse(environment.startedAt)
    expect(JSON.parse(renderCtrf(badDay, environment)).results.summary).toMatchObject({
      start,
      stop: start + environment.durationMs,
      duration: environment.durationMs,
    })
    expect(JSON.parse(renderCtrf(badDay, null)).results.summary).toMatchObject({ start: 0, stop: 0 })
  })

  it('gives the same bytes for the same results', () => {
    expect(renderCtrf(structuredClone(everyState), null)).toBe(renderCtrf(everyState, null))
  })
})
