import { describe, expect, it } from 'vitest'
import { renderCodeQuality } from '../../../src/report/code-quality/render-code-quality.ts'
import { days } from '../_days.ts'
import { codeQualityFaults } from '../_published-schemas.ts'
import { badDay, everyState, goodDay } from '../_sample.ts'

/** An issue of the report, as far as these tests look at it. */
interface Issue {
  readonly check_name: string
  readonly severity: string
  readonly fingerprint: string
}

describe.each(Object.entries(days))('the code quality report of %s', (_name, results) => {
  const issues = JSON.parse(renderCodeQuality(results))

  it('is what GitLab checks each issue by, with all that it shows', () => {
    expect(codeQualityFaults(issues)).toEqual([])
    for (const issue of issues) {
      expect(issue).toMatchObject({
        check_name: expect.stringMatching(/^shakedown ./),
        description: expect.stringMatching(/./),
        fingerprint: expect.stringMatching(/^[\da-f]{32}$/),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: expect.stringMatching(/^[^/.]/), lines: { begin: 1 } },
      })
      expect(issue.description).not.toContain('\n')
    }
  })

  it('has an issue that is more than information if and only if the run does not pass', () => {
    const grave = issues.filter(({ severity }: Issue) => severity !== 'info')
    expect(grave.length > 0).toBe(results.verdict.exitCode !== 0)
  })

  it('follows each issue by a fingerprint of its own', () => {
    const fingerprints = issues.map(({ fingerprint }: Issue) => fingerprint)
    expect(new Set(fingerprints).size).toBe(fingerprints.length)
  })
})

describe('renderCodeQuality', () => {
  it('weighs an issue by the incident that it would be', () => {
    const severities = JSON.parse(renderCodeQuality(badDay)).map(({ check_name: name, severity }: Issue) => [
      name,
      severity,
    ])
    // An effect made twice is harm; waiting too short is not.
    expect(severities).toEqual([
      ['shakedown L11', 'blocker'],
      ['shakedown R4', 'major'],
      ['shakedown R4', 'info'],
    ])
  })

  it('names files from the root of the repository', () => {
    expect(JSON.parse(renderCodeQuality(goodDay, 'packages/agent'))[0].location.path).toBe(
      'packages/agent/scenarios/plain-loop-on-the-raw-client.scenario.ts',
    )
  })

  it('gives the same bytes for the same results', () => {
    expect(renderCodeQuality(structuredClone(everyState))).toBe(renderCodeQuality(everyState))
  })
})
