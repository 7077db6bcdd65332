import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

/** Runs a scenario of which X1 is vacuous and L2 is not; the configuration says nothing of what is allowed. */
function run(scenario: 'careful' | 'careless', ...flags: readonly string[]) {
  using folder = scratchFolder()
  const command = ['run', scenario, '--config', fixture('vacuous'), '--workers', '1', '--out', folder.path]
  const { exitCode, stdout } = shakedown([...command, ...flags])
  const { verdict, scenarios } = resultsIn(folder.path)
  const read = (file: string) => readFileSync(join(folder.path, file), 'utf8')
  return {
    ...{ exitCode, stdout, verdict, summary: read('summary.md'), page: read('index.html') },
    verdicts: scenarios[0]?.search?.properties.map(({ id, verdict: of }) => `${id} ${of}`),
  }
}

const neverTested = '1 property never put to the test'

describe('a vacuous property', () => {
  it('leaves a run undecided unless it is allowed', () => {
    const { exitCode, stdout, verdict, verdicts } = run('careful')
    expect(verdicts).toEqual(['L2 holds', 'X1 vacuous'])
    expect(exitCode).toBe(3)
    expect(verdict).toMatchObject({ status: 'inconclusive', summary: `${neverTested} in 1 scenario` })
    expect(verdict.reasons).toEqual(['careful: X1 was never put to the test: no trial brought the situation about.'])
    expect(stdout).toContain(`INCONCLUSIVE: ${neverTested}`)
  })

  it('lets a run pass where it is allowed, and every report tells of it', () => {
    const { exitCode, stdout, verdict, verdicts, summary, page } = run('careful', '--vacuous', 'allow')
    expect(verdicts).toEqual(['L2 holds', 'X1 vacuous'])
    expect(exitCode).toBe(0)
    const passed = `1 property holds in 1 scenario over 20 trials; allowed: ${neverTested}`
    expect(verdict).toMatchObject({ status: 'pass', summary: passed, reasons: [] })
    for (const report of [stdout, summary, page]) expect(report).toContain(passed)
    expect(stdout).toContain('vacuous, never put to the test: X1')
    expect(summary).toContain('vacuous, never put to the test: X1')
  })

  it('hides no finding, allowed or not', () => {
    const { exitCode, stdout, verdict, verdicts } = run('careless', '--vacuous', 'allow')
    expect(verdicts).toEqual(['L2 violated', 'X1 vacuous'])
    expect(exitCode).toBe(1)
    expect(verdict.summary).toBe('1 finding in 1 scenario')
    expect(stdout).toContain('vacuous, never put to the test: X1')
  })

  it('counts like a fault family that never struck, and the flag goes before the configuration, which allows them', () => {
    using folder = scratchFolder()
    const quick = ['run', 'axios', '--trials', '1', '--config', fixture('tiny'), '--out', folder.path]
    const { exitCode } = shakedown([...quick, '--vacuous', 'fail'])
    expect(resultsIn(folder.path).verdict.summary).toMatch(/fault families that never struck in 1 scenario$/)
    expect(exitCode).toBe(3)
  })
})
