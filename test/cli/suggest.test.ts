import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SloSuggestion } from '../../src/results/suggest-slo.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const folder = scratchFolder()
const under = 'tool failures'

/** Runs the desk, and says where its results are. */
function ran(name: string, seed: number, env: Readonly<Record<string, string>> = {}): string {
  const out = join(folder.path, name)
  const args = ['run', 'desk', '--config', fixture('compared'), '--trials', '200', '--seed', String(seed), '--out', out]
  const { exitCode, stderr } = shakedown(args, { env: { DESK_RETRIES: 'none', ...env } })
  expect(exitCode, stderr).toBe(0)
  return join(out, 'results.json')
}

/** Tasks solved under tool failures, as the run itself counted them. */
function solvedIn(name: string): number {
  const { conditions = [] } = resultsIn(join(folder.path, name)).scenarios[0]?.measure ?? {}
  return conditions.find((each) => each.name === under)?.measures.taskSuccess.count ?? 0
}

let one: string
let two: string

beforeAll(() => {
  one = ran('one', 1)
  two = ran('two', 2)
})
afterAll(() => folder[Symbol.dispose]())

describe('shakedown suggest', () => {
  it('suggests of two runs what both together support', () => {
    const { exitCode, stdout } = shakedown(['suggest', one, two, '--json'])
    expect(exitCode).toBe(0)
    const { runs, repeated, targets } = JSON.parse(stdout) as SloSuggestion
    expect({ runs, repeated }).toEqual({ runs: 2, repeated: 0 })
    const success = targets.find(({ metric, condition }) => metric === 'task_success' && condition === under)
    const solved = solvedIn('one') + solvedIn('two')
    expect(solved).toBeGreaterThan(200)
    expect(success?.seen).toMatchObject({ count: solved, of: 400 })
    const [low, high] = clopperPearson(solved, 400)
    expect(success?.target).toBe(Math.floor(low * 1_000) / 1_000)
    expect(success?.missedAbove).toBeCloseTo(high, 5)
  })

  it('says so in words, and that a run that is given twice counts once', () => {
    const { exitCode, stdout } = shakedown(['suggest', one, two, one])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Targets that the evidence supports, from 2 runs; 1 left out, having run the same trials as another:\n/,
    )
    expect(stdout).toMatch(
      /^- desk, under tool failures: task_success at least \d\d(\.\d)? %; these runs would miss any above \d\d\.\d\d %\. Seen: \d+ of 400 events \(/m,
    )
    expect(stdout).toMatch(
      /^- desk, without faults: task_success at least 99 %; these runs would miss none\. Seen: 400 of 400/m,
    )
    expect(stdout).toMatch(/^- desk, under tool failures: tool calls per task at most \d+(\.\d+)? on average; /m)
  })

  it('refuses runs of other tasks, and what holds no measure or is not there, exit 2', () => {
    const other = ran('other', 3, { DESK_TASKS: 'status' })
    for (const [files, sentence] of [
      [[one, other], /^shakedown: the results of scenario "desk" are of (different tasks|tasks that changed)/],
      [[join(folder.path, 'nowhere.json')], /^shakedown: there is no file .*nowhere\.json; give the results\.json/],
      [[], /missing required argument 'results'/],
    ] as const) {
      const { exitCode, stdout, stderr } = shakedown(['suggest', ...files])
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toMatch(sentence)
      expect(stderr.trimEnd()).not.toContain('\n')
    }
  })
})
