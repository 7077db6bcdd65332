import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { DoctorReport } from '../../src/results/doctor/doctor-report.ts'
import { readResults } from '../../src/results/read-results.ts'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 300_000 })

function doctor(folder: string, ...flags: readonly string[]) {
  return shakedown(['doctor', '--config', fixture(folder), ...flags])
}

function reportOf(folder: string, ...flags: readonly string[]): DoctorReport {
  return JSON.parse(doctor(folder, '--json', ...flags).stdout) as DoctorReport
}

describe('shakedown doctor', () => {
  it('tells in one line each what is in order, gates in a table, and writes nothing', () => {
    const { exitCode, stdout } = doctor('burned')
    expect(exitCode).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    const head = lines.findIndex((line) => line.startsWith('         Gates of "burned desk"'))
    const [above, table] = [lines.slice(0, head), lines.slice(head, -2)]
    expect(above.filter((line) => !/^(ok|warning) {2,}\S.*\.$/.test(line))).toEqual([])
    expect(table.filter((line) => !/^(ok|warning| {7}) {2,}\S/.test(line))).toEqual([])
    for (const line of [
      /^ok +configuration .*harness\.config\.ts: it is read\.$/m,
      /^ok +report folder .*reports\/latest: it can be made\.$/m,
      /^ok +declarations declarations: none is published\.$/m,
      /^ok +scenario desk\.scenario\.ts: it loads: "burned desk", 1 task\.$/m,
      /^ok +agent of "burned desk": it starts, solves 1 task without faults, and does the same in a fresh process\.$/m,
      /^warning +gates of "burned desk": task success of at least 90 % .* 100 trials show it with a chance of 43\.60 % .*; 231 trials do with 80 %\.$/m,
      /^ok +task success of at least 60 % under tool failures +99\.39 % +0\.00 % +2\.48 % +0\.32 % +0\.00 % +100\.00 %$/m,
      /^warning +each task solved in at least 18 of 20 repeats under tool failures +92\.45 % +7\.55 % .*\n {9}Remedy: ask for less of so few, or judge by an interval\.$/m,
      /^0 problems, 2 warnings, 11 ok\.$/m,
    ]) {
      expect(stdout).toMatch(line)
    }
    expect(existsSync(join(fixture('burned'), '../reports'))).toBe(false)
  })

  it('gives each thing that is wrong a line with its remedy, exit 1', () => {
    const { exitCode, stdout } = doctor('sickly')
    expect(exitCode).toBe(1)
    for (const line of [
      /^problem +report folder .*harness\.config\.ts\/report: .*harness\.config\.ts is no folder; set "out"/m,
      /^problem +baseline nowhere\.json: there is no file .*nowhere\.json; give the results\.json/m,
      /^ok +baseline none-yet\.json: there is none yet/m,
      /^problem +declarations declarations: declarations\/desk-1\.0\.0\.json: .*; /m,
      /^problem +declarations declarations: declarations\/other-1\.0\.0\.json: .*; /m,
      /^problem +scenario nothing\.scenario\.ts: .*does not export a scenario as its default; write/m,
      /^problem +scenario throws\.scenario\.ts: .*there is no key in the environment; mend the file/m,
      /^problem +agent of "blocks its process": the event loop was blocked .*, without any fault; /m,
      /^problem +agent of "keeps state outside its factory": .* keeps state .*; move that state into the factory\.$/m,
      /^problem +agent of "reads what is outside the world": .* two different traces .*; find it in docs\/virtual-world\.md/m,
      /^warning +agent of "same name": 1 failure without any fault: task "status" is not solved .*; mend that first/m,
      /^warning +scenario expired\.scenario\.ts, unsolved\.scenario\.ts: 2 scenarios are called "same name"/m,
      /^warning +acceptance L2 of "same name": it expired after 2020-01-01, and the finding gates again; let orders team/m,
      /^warning +acceptance L99 of "same name": the scenario is not judged by this property.*; remove it\.$/m,
      /^ok +acceptance L1 of "same name": it holds until 2999-12-31\.$/m,
      /^problem +declaration of "same name": version 1\.0\.0 of "order desk" expired after 2020-12-31, .*; measure again/m,
      /^warning +gates of "same name": task success of at least 99 %: 50 trials cannot show it, even if nothing goes wrong; it takes at least 368 trials\.$/m,
    ]) {
      expect(stdout).toMatch(line)
    }
  })

  it('says what is wrong with a configuration, and leaves the rest', () => {
    using folder = scratchFolder()
    const { exitCode, stdout } = shakedown(['doctor'], { cwd: folder.path })
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ok +configuration: there is none in .*: defaults hold\.$/m)
    expect(stdout).toMatch(/^problem +scenarios: no scenario file matches .*; write one there/m)
    const production = shakedown(['doctor', '--config', fixture('burned')], { env: { NODE_ENV: 'production' } })
    expect(production.exitCode).toBe(1)
    expect(production.stdout).toMatch(/^problem +NODE_ENV production: no trial runs in production.*; unset NODE_ENV/m)
  })

  it.each<[string, readonly string[], RegExp]>([
    ['a filter that fits nothing', ['nowhere'], /filter "nowhere" matches none of 1 scenario file/],
    ['a single run', ['--burn-in', '1'], /expected a whole number from 2 to 10000 at "burnIn", found "1"/],
    ['a configuration that is not there', ['--config', 'nowhere.ts'], /flag --config: there is no file/],
  ])('refuses %s, exit 2', (_what, flags, sentence) => {
    const { exitCode, stdout, stderr } = doctor('burned', ...flags)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
  })
})

describe('shakedown doctor --burn-in', () => {
  it('tells gates on the true rate from those far off it, the same on any number of workers', () => {
    const flags = ['--burn-in', '12', '--seed', '7', '--json']
    const { exitCode, stdout } = doctor('burned', ...flags, '--workers', '1')
    expect(exitCode).toBe(0)
    expect(doctor('burned', ...flags, '--workers', '3').stdout).toBe(stdout)
    const { burnIn } = JSON.parse(stdout) as DoctorReport
    const [desk] = burnIn ?? []
    expect(desk?.gates.map(({ gate, steadiness }) => [gate, steadiness])).toEqual([
      ['task success of at least 60 % under tool failures', 'firm'],
      ['task success of at least 82 % under tool failures', 'coin toss'],
      ['task success of at least 90 % under tool failures', 'never decided'],
      ['at most 2 tool calls per task on average under tool failures', 'firm'],
      ['each task solved in at least 18 of 20 repeats under tool failures', 'coin toss'],
    ])
    const [far, near, on, mean, count] = desk?.gates ?? []
    expect(far).toMatchObject({ counts: { passed: 12, failed: 0, undecided: 0 }, firming: null })
    expect(far?.failureRate).toEqual([0, 0.264_649])
    expect(near?.firming).toMatchObject({ kind: 'trials' })
    expect(on?.firming).toEqual({ kind: 'on its level' })
    expect(mean?.workedOut).toBeNull()
    expect(count?.firming).toEqual({ kind: 'count' })
    expect(count?.counts.passed).toBeGreaterThan(0)
    expect(count?.counts.failed).toBeGreaterThan(0)
    expect(desk?.measure.steadiness).toBe('coin toss')
    // What was worked out is about what was seen: of 12 runs, no more than four standard errors off.
    for (const gate of [near, count]) {
      const share = gate?.workedOut?.passed ?? 0
      expect(Math.abs((gate?.counts.passed ?? 0) / 12 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 12))
    }
  })

  it('makes runs that can be made again, and touches no report', () => {
    using folder = scratchFolder()
    const { burnIn } = reportOf('burned', '--burn-in', '2', '--seed', '3')
    const [desk] = burnIn ?? []
    const verdicts = (desk?.seeds ?? []).map((seed) => {
      const args = ['run', '--config', fixture('burned'), '--seed', String(seed), '--out', folder.path, '--json']
      const { measure } = readResults(shakedown(args).stdout, 'stdout').scenarios[0] ?? {}
      return [...(measure?.objectives ?? []), ...(measure?.repeatGates ?? [])].map(({ verdict }) => verdict)
    })
    const counted = desk?.gates.map(({ counts: { passed, failed, undecided } }) => [passed, failed, undecided])
    const wanted = ['met', 'missed', 'inconclusive']
    expect(counted).toEqual(
      verdicts[0]?.map((_, gate) => wanted.map((verdict) => verdicts.filter((run) => run[gate] === verdict).length)),
    )
    expect(desk?.seeds).toHaveLength(2)
    expect(existsSync(join(fixture('burned'), '../reports'))).toBe(false)
  })

  it('leaves out what cannot be measured, and says so', () => {
    const { checks, burnIn } = reportOf('sickly', 'unsolved', 'nothing', '--burn-in', '2')
    expect(burnIn).toEqual([])
    expect(checks.filter(({ what }) => what === 'burn-in')).toMatchObject([
      { state: 'warning', where: 'nothing.scenario.ts', found: 'there is nothing to burn in' },
      { state: 'warning', where: 'of "same name"', found: 'there is nothing to burn in' },
    ])
    expect(checks.every(({ state, remedy }) => (remedy === null) === (state === 'ok'))).toBe(true)
  })
})
