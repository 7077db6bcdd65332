import { cpSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EvidencedDeclaration } from '../../src/objectives/accuracy-declaration.ts'
import { digestOf } from '../../src/objectives/declaration-digest.ts'
import { readEvidenced } from '../../src/objectives/published-declarations.ts'
import { realClock } from '../../src/simulation/real-clock.ts'
import { dayAfter } from '../../src/objectives/day.ts'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const today = realClock.today()
const place = 'declarations/order-desk-1.0.0.json'

/** A project of its own: an agent whose true rate is 0.90, a run of 500 trials under each condition, and what it may write. */
const project = scratchFolder()
const results = join(project.path, 'reports/results.json')
const at = (name: string): string => join(project.path, name)
let draft: EvidencedDeclaration
const inProject = (...args: readonly string[]) => shakedown(args, { cwd: project.path })

beforeAll(() => {
  cpSync(dirname(fixture('measured')), project.path, { recursive: true })
  symlinkSync(join(import.meta.dirname, '../../node_modules'), at('node_modules'))
  const { exitCode, stderr } = inProject('run', 'declares-85', '--trials', '500', '--out', 'reports')
  expect(exitCode, stderr).toBe(0)
  draft = drafted('--metric', 'task_success', '--metric', 'timeout_free')
})

afterAll(() => project[Symbol.dispose]())

function drafted(...flags: readonly string[]): EvidencedDeclaration {
  const { stdout, stderr, exitCode } = inProject('declare', results, '--agent', 'order desk', ...flags)
  expect(exitCode, stderr).toBe(0)
  return readEvidenced(JSON.parse(stdout), 'stdout')
}

/** Writes a draft, changed by hand, and publishes it. */
function published(changes: Partial<EvidencedDeclaration> = {}, ...flags: readonly string[]) {
  writeFileSync(at('draft.json'), JSON.stringify({ ...draft, ...changes }))
  return inProject('publish', 'draft.json', ...flags)
}

function unpublished(): void {
  rmSync(at('declarations'), { recursive: true, force: true })
}

describe('shakedown declare', () => {
  it('drafts what the run supports, and tells on stderr what that rests on', () => {
    const { stdout, stderr } = inProject('declare', results, '--agent', 'order desk', '--metric', 'task_success')
    const draft = readEvidenced(JSON.parse(stdout), 'stdout')
    expect(draft).toMatchObject({
      version: '1.0.0',
      supersedes: null,
      validFrom: today,
      validUntil: dayAfter(today, 89),
    })
    expect(draft.measured).toMatchObject({ scenario: 'declares 0.85', seed: 1, trials: 500, commit: null })
    const { conditions = [] } = resultsIn(join(project.path, 'reports')).scenarios[0]?.measure ?? {}
    for (const { faultClass, value, evidence } of draft.values) {
      const bound = conditions.find(({ name }) => name === faultClass)?.measures.taskSuccess.exact?.[0] ?? 0
      expect(evidence.interval[0]).toBe(bound)
      expect(value).toBe(Math.floor(bound * 1_000) / 1_000)
    }
    expect(draft.values.map(({ faultClass }) => faultClass)).toEqual(['without faults', 'tool failures'])
    expect(stderr).toContain('Draft of version 1.0.0 of "order desk" (the first one)')
    expect(stderr).toContain('commit unknown')
  })

  it('writes the draft where it is told to, as its flags say', () => {
    const flags = [
      '--version',
      '2.3.4',
      '--valid-for-days',
      '1',
      '--digits',
      '2',
      '--commit',
      'abcdef1',
      '--uphold',
      '250',
      '--metric',
      'task_success',
      '--metric',
      'timeout_free',
    ]
    const { stdout, exitCode } = inProject('declare', results, '--out', 'out.json', ...flags)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Read it, then: npx shakedown publish out.json')
    const written = readEvidenced(JSON.parse(readFileSync(at('out.json'), 'utf8')), 'out.json')
    expect(written).toMatchObject({
      agent: 'declares 0.85',
      version: '2.3.4',
      validUntil: today,
      measured: { commit: 'abcdef1' },
    })
    for (const [index, { value }] of written.values.entries())
      expect(value).toBeLessThan(draft.values[index]?.value ?? 0)
  })

  it.each<[string, readonly string[], RegExp]>([
    [
      'a run that is too small',
      ['--minimum-trials', '501'],
      /results\.json: this run supports no value: no more than 500 independent observations of any metric, and 501 are asked for/,
    ],
    ['an unknown metric', ['--metric', 'factual_retrieval'], /expected one of task_success.*found "factual_retrieval"/],
    ['a version that is none', ['--version', '1.2'], /expected a version such as 1\.2\.0 at "version", found "1\.2"/],
    ['a commit that is none', ['--commit', 'main'], /expected the hash of a commit/],
    [
      'a scenario that was not measured',
      ['--scenario', 'other'],
      /no scenario "other" was measured in this run; name one of "declares 0\.85"/,
    ],
    [
      'a day that is none',
      ['--valid-from', 'today'],
      /expected a day such as 2026-01-31 at "validFrom", found "today"/,
    ],
  ])('refuses %s in one sentence, exit 2', (_what, flags, sentence) => {
    const { exitCode, stdout, stderr } = inProject('declare', results, ...flags)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  it('refuses results that are not there', () => {
    expect(inProject('declare', 'none.json')).toMatchObject({
      exitCode: 2,
      stderr: 'shakedown: there is no file none.json; give the results.json that a run has written.\n',
    })
  })
})

describe('shakedown publish', () => {
  it('publishes a draft once, sealed, with its evidence counted again from the results', () => {
    unpublished()
    expect(published({}, '--results', results)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`Published ${place}: every run of "declares 0.85" is held to it until`),
    })
    const bytes = readFileSync(at(place), 'utf8')
    const declaration = readEvidenced(JSON.parse(bytes), place)
    expect(declaration.digest).toBe(digestOf(declaration))
    expect(readdirSync(at('declarations'))).toEqual(['order-desk-1.0.0.json'])
    expect(inProject('publish', place)).toMatchObject({ exitCode: 0, stdout: `Published already: ${place}.\n` })
    expect(drafted()).toMatchObject({ version: '1.1.0', supersedes: '1.0.0' })
    expect(readFileSync(at(place), 'utf8')).toBe(bytes)
  })

  it.each<[string, () => Partial<EvidencedDeclaration>, RegExp]>([
    [
      'an over-claimed value',
      () => ({ values: draft.values.map((each) => ({ ...each, value: 0.999 })) }),
      /draft\.json: accuracy declaration at "values\.0": 0\.999 is declared, and 500 of 500 support no more than 0\.99/,
    ],
    [
      'one that has expired',
      () => ({ validFrom: '2020-01-01', validUntil: '2020-12-31' }),
      /expired after 2020-12-31, and today is/,
    ],
    [
      'one that does not hold yet',
      () => ({ validFrom: '2120-01-01', validUntil: '2120-12-31' }),
      /is not valid before 2120-01-01/,
    ],
    [
      'a gap in the chain',
      () => ({ version: '1.2.0', supersedes: '1.1.0' }),
      /supersedes 1\.1\.0, and none is published; let "supersedes" be null/,
    ],
  ])('refuses %s, exit 2, and writes nothing', (_what, changes, sentence) => {
    unpublished()
    const { exitCode, stdout, stderr } = published(changes())
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(existsSync(at('declarations'))).toBe(false)
  })

  it('refuses evidence that the run does not have, where the results are given', () => {
    unpublished()
    const { values } = draft
    const [best] = values
    const forged = values.map((each) => ({ ...each, evidence: best?.evidence ?? each.evidence }))
    const { exitCode, stderr } = published({ values: forged }, '--results', results)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/"values\.2" rests on 500 of 500, worth 500 independent observations, and on 4\d\d of 500/)
    expect(existsSync(at('declarations'))).toBe(false)
  })

  it('refuses to promise less than before, exit 1, unless it is told why, and then records that', () => {
    unpublished()
    const { values } = draft
    expect(published().exitCode).toBe(0)
    const lower = {
      version: '1.1.0',
      supersedes: '1.0.0',
      values: [{ ...values[0], value: 0.9 }],
    } as Partial<EvidencedDeclaration>
    expect(published(lower)).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^shakedown: version 1\.1\.0 of "order desk" promises less than 1\.0\.0, which is published: task_success, without faults: 0\.99\d before, 0\.9 now; .*task_success, tool failures: 0\.8\d+ before, not declared any more.*; mend the agent, or say why with --accept-regression\.\n$/,
      ),
    })
    expect(readdirSync(at('declarations'))).toHaveLength(1)
    expect(published(lower, '--accept-regression', 'a smaller model').exitCode).toBe(0)
    const next = readEvidenced(JSON.parse(readFileSync(at('declarations/order-desk-1.1.0.json'), 'utf8')), 'it')
    expect(next.acceptedRegression).toMatchObject({ reason: 'a smaller model' })
    expect(next.acceptedRegression?.values).toHaveLength(4)
  })

  it('leaves nothing behind where the disk is full', () => {
    unpublished()
    expect(published({ agent: 'first' }).exitCode).toBe(0)
    writeFileSync(at('draft.json'), JSON.stringify(draft))
    const { exitCode, stderr } = shakedown(['publish', 'draft.json'], { cwd: project.path, fileSizeLimitKb: 1 })
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(
      /the declaration could not be published as .*order-desk-1\.0\.0\.json \(EFBIG.*and nothing there was changed/,
    )
    expect(readdirSync(at('declarations'))).toEqual(['first-1.0.0.json'])
  })
})

describe('a run with published declarations', () => {
  const run = (...flags: readonly string[]) => {
    const finished = inProject('run', '--out', 'later', ...flags)
    return { ...finished, ...(existsSync(at('later/results.json')) && { results: resultsIn(at('later')) }) }
  }

  it('is held to the one in force, beside what its scenario declares itself', () => {
    unpublished()
    published()
    const { exitCode, results: upheld, stdout } = run('declares-85', '--trials', '500')
    expect(exitCode, stdout).toBe(0)
    expect(upheld?.scenarios[0]?.inForce).toMatchObject([
      { declaration: { version: '1.0.0' }, checks: Array(4).fill({ verdict: 'upheld' }) },
    ])
    expect(upheld?.verdict.summary).toContain('5 declared values upheld')
  })

  it('fails when the agent has become worse', () => {
    const agent = at('ninety-percent.ts')
    const text = readFileSync(agent, 'utf8')
    writeFileSync(agent, text.replace('error({ rate: 0.1 })', 'error({ rate: 0.3 })'))
    const { exitCode, results: refuted, stdout } = run('declares-85', '--trials', '500')
    writeFileSync(agent, text)
    expect(exitCode).toBe(1)
    expect(refuted?.verdict.summary).toContain('2 refuted declared values')
    expect(stdout).toMatch(/refuted: task_success of at least 8\d\.\d % is declared under tool failures/)
  })

  it('is not judged by one of another scenario, and says so', () => {
    const { exitCode, results: other, stdout } = run('declares-97', '--trials', '20')
    expect(exitCode).toBe(3)
    expect(other?.notJudged).toEqual([{ agent: 'order desk', version: '1.0.0', scenario: 'declares 0.85' }])
    expect(stdout).toContain('not judged: accuracy declaration 1.0.0 of "order desk"')
  })

  it('warns before one expires, and gives the same bytes on one worker and on two', () => {
    unpublished()
    published({ validUntil: dayAfter(today, 10) })
    const [one, two] = ['1', '2'].map((workers) => {
      const { results: warned } = run('declares-85', '--trials', '250', '--workers', workers)
      expect(warned?.verdict.warnings).toEqual([
        expect.stringMatching(/expires after .*, 10 days from today: measure again/),
      ])
      return readFileSync(at('later/results.json'), 'utf8')
    })
    expect(two).toBe(one)
  })

  it('refuses one that somebody has changed, before any trial', () => {
    unpublished()
    published()
    const text = readFileSync(at(place), 'utf8')
    writeFileSync(at(place), text.replace(/"minimumTrials": 100/, '"minimumTrials": 90000'))
    rmSync(at('later'), { recursive: true, force: true })
    const { exitCode, stdout, stderr } = run('declares-85')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(
      /^shakedown: declarations\/order-desk-1\.0\.0\.json: version 1\.0\.0 of "order desk" was changed after it was published/,
    )
    expect(existsSync(at('later/results.json'))).toBe(false)
    writeFileSync(at('declarations/other-1.0.0.json'), text)
    rmSync(at(place))
    expect(run('declares-85').stderr).toContain('is published as order-desk-1.0.0.json; give the file that name')
  })
})
