import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

/** Runs the desk whose first of five tasks is right half the time, unless it is changed. */
function run(env: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  using folder = scratchFolder()
  const args = ['run', '--config', fixture('quarantined'), '--out', folder.path, ...flags]
  const { exitCode, stdout, stderr } = shakedown(args, { env })
  if (exitCode === 2) return { exitCode, text: stderr, junit: '', scenario: undefined, verdict: undefined }
  const { scenarios, verdict } = resultsIn(folder.path)
  const junit = readFileSync(join(folder.path, 'junit.xml'), 'utf8')
  return { exitCode, text: stdout.replaceAll(/\s+/g, ' '), junit, scenario: scenarios[0], verdict }
}

describe('a task in quarantine', () => {
  it('no longer fails the gate that it fails alone, is measured all the same, and is told', () => {
    expect(run({}).exitCode).toBe(1)
    const { exitCode, text, junit, scenario } = run({ DESK_HOLDS: 'task 0' })
    expect(exitCode).toBe(0)
    expect(text).toContain('1 task in quarantine')
    expect(text).toMatch(
      /quarantine: flaky desk: task "task 0" is in quarantine by Support until 2999-12-31 \(its grader reads the clock\): solved in 1\d\d of 200 repeats/,
    )
    expect(junit).not.toMatch(/<(failure|error)/)
    expect(scenario?.quarantine.map(({ state }) => state)).toEqual(['in force'])
    const gate = scenario?.measure?.repeatGates.find(({ condition }) => condition === 'tool failures')
    expect(gate).toMatchObject({ verdict: 'met', met: 4 })
    expect(gate?.sentence).toMatch(/^without task "task 0" \(in quarantine\), each task solved in at least 80 %/)
    const [, condition] = scenario?.measure?.conditions ?? []
    expect(condition?.measures.tasks).toBe(500)
    expect(condition?.gatedMeasures?.tasks).toBe(400)
    expect(condition?.gatedMeasures?.taskSuccess).toMatchObject({ count: 400, of: 400 })
  })

  it('fails again on the day after its last, and says why', () => {
    const { exitCode, text, scenario } = run({ DESK_HOLDS: 'task 0', DESK_UNTIL: '2020-01-01' })
    expect(exitCode).toBe(1)
    expect(text).toContain('the quarantine of task "task 0" by Support expired after 2020-01-01')
    expect(scenario?.quarantine[0]?.state).toBe('expired')
    expect(scenario?.measure?.conditions.map(({ gatedMeasures }) => gatedMeasures)).toEqual([null, null])
  })

  it('holds back nothing of the others', () => {
    expect(run({ DESK_HOLDS: 'task 1' }).exitCode).toBe(1)
  })

  it('is told once nothing needs it, but not by a run of fewer trials', () => {
    const env = { DESK_HOLDS: 'task 1', DESK_GATE: 'mean', DESK_FAILS: 'none' }
    const { text, scenario } = run(env)
    expect(text).toContain('and nothing in this run needed it: let it out')
    expect(scenario?.quarantine[0]?.state).toBe('unneeded')
    expect(run(env, '--trials', '100').scenario?.quarantine[0]?.state).toBe('in force')
  })

  it('warns in its last days', () => {
    const today = new Date().toISOString().slice(0, 10)
    const { verdict } = run({ DESK_HOLDS: 'task 0', DESK_UNTIL: today })
    expect(verdict?.warnings.join()).toMatch(/^flaky desk: task "task 0" is in quarantine .*; today is its last day\.$/)
  })

  it('is refused where there is no such task', () => {
    const { exitCode, text } = run({ DESK_HOLDS: 'task 9' })
    expect(exitCode).toBe(2)
    expect(text).toContain('quarantine of task "task 9", which it does not have; name one of "task 0", "task 1"')
  })
})

describe('a gate in quarantine', () => {
  it('is judged and shown, and holds nothing up', () => {
    expect(run({ DESK_GATE: 'mean' }).exitCode).toBe(1)
    const { exitCode, text, junit, scenario } = run({ DESK_GATE: 'mean', DESK_HOLDS: 'mean' })
    expect(exitCode).toBe(0)
    expect(text).toContain('1 gate in quarantine')
    expect(text).toContain('missed, in quarantine: task success of at least 95 % under tool failures')
    expect(text).toContain('the gate "task success of at least 95 %" is in quarantine by Support')
    expect(junit).toMatch(/<skipped type="missed, in quarantine"/)
    expect(junit).not.toMatch(/<(failure|error)/)
    const missed = scenario?.measure?.objectives.filter(({ verdict }) => verdict === 'missed')
    expect(missed).toMatchObject([{ isQuarantined: true }])
    expect(scenario?.incidents).toEqual([])
  })

  it('is refused where the measure has no such gate', () => {
    const { exitCode, text } = run({ DESK_GATE: 'each', DESK_HOLDS: 'mean' })
    expect(exitCode).toBe(2)
    expect(text).toContain(
      'quarantine of the gate {"measure":"task success","atLeast":0.95,"under":null}, which is none',
    )
  })
})

describe('a scenario in quarantine', () => {
  it('is no pass by itself: nothing was judged', () => {
    const { exitCode, text } = run({ DESK_FAILS: 'always', DESK_HOLDS: 'scenario' }, 'flaky')
    expect(exitCode).toBe(3)
    expect(text).toContain('INCONCLUSIVE: 1 scenario with nothing judged in 1 scenario')
  })

  it('holds nothing up, not even by failing without any fault', () => {
    expect(run({ DESK_FAILS: 'always' }).exitCode).toBe(1)
    const { exitCode, text, junit } = run({ DESK_FAILS: 'always', DESK_HOLDS: 'scenario' })
    expect(exitCode).toBe(0)
    expect(text).toContain('1 scenario in quarantine')
    expect(text).toContain('without any fault: task "task 0" is not solved')
    expect(junit).toMatch(/<skipped type="fails without faults, in quarantine"/)
    expect(junit).not.toMatch(/<(failure|error)/)
  })

  it('still fails by a declared value that is refuted: others rely on it', () => {
    const { exitCode, text, junit } = run({ DESK_GATE: 'declared', DESK_HOLDS: 'scenario' })
    expect(exitCode).toBe(1)
    expect(text).toContain('refuted')
    expect(junit).toContain('<failure type="refuted"')
  })
})
