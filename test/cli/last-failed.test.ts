import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { chooseFailed } from '../../src/cli/failed-scenarios.ts'
import { goodDay, resultsOf, scenarioOf, searchOf, tallyOf } from '../report/_sample.ts'
import { type Finished, fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const out = join(scratch.path, 'report')

function run(...more: string[]): Finished {
  return shakedown(['run', '--config', fixture('several'), '--trials', '20', '--out', out, ...more])
}

describe('run --last-failed', () => {
  it('is refused where there are no results to go by', () => {
    const { exitCode, stderr } = run('--last-failed')
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`flag --last-failed: there is no file ${join(out, 'results.json')}, so that nobody knows`)
  })

  describe('after a run in which one of two failed', () => {
    let before = ''
    beforeAll(() => {
      expect(run('careless', 'd-steady').exitCode).toBe(1)
      before = readFileSync(join(out, 'results.json'), 'utf8')
    })

    it('runs that one, and names those that it left out', () => {
      const { exitCode, stderr, stdout } = run('--last-failed', '--seed', '2')
      expect(exitCode, stderr).toBe(1)
      expect(stderr).toContain(`Running 1 of 4 scenario files: what did not pass in ${join(out, 'results.json')}.`)
      expect(stderr).toContain('The last results are of seed 1, and this run is of seed 2.')
      const { scenarios, notRun } = resultsIn(out)
      expect(scenarios.map(({ name }) => name)).toEqual(['careless'])
      expect(notRun).toEqual({
        scenarios: ['a-steady', 'b-rarely-failing', 'd-steady'].map((name) => ({
          file: `${name}.scenario.ts`,
          why: 'passed before',
        })),
        bail: null,
      })
      expect(stdout.replaceAll('\n', ' ')).toContain(
        'not run: a-steady.scenario.ts, b-rarely-failing.scenario.ts, d-steady.scenario.ts, because they passed in the results before (--last-failed).',
      )
    })

    it('runs nothing where nothing is left, which is a pass only where it may be, and leaves the report', () => {
      writeFileSync(join(out, 'results.json'), before)
      const { exitCode, stderr } = run('d-steady', '--last-failed')
      expect(exitCode).toBe(3)
      expect(stderr).toContain('(c-careless.scenario.ts) is not among the scenario files asked for.')
      expect(stderr).toContain('Nothing was judged and no report written, which is no pass: exit code 3.')
      expect(run('d-steady', '--last-failed', '--pass-with-no-scenarios').exitCode).toBe(0)
      expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(before)
    })
  })

  it('goes by every status but a pass, and by what the run before did not come to', () => {
    const place = join(scratch.path, 'given.json')
    const choose = (results: object, files: readonly string[]) => {
      writeFileSync(place, JSON.stringify(results))
      return chooseFailed(files, { flag: place, folder: out, seed: goodDay.seed })
    }
    const leak = { kind: 'state leak', trial: 1, sentence: 'make the agent afresh' } as const
    const mixed = resultsOf([
      scenarioOf('calm'),
      scenarioOf('failing', { search: null, faultFree: { tasks: 1, failures: ['it failed'] } }),
      scenarioOf('undecided', { search: null }),
      scenarioOf('leaking', { search: searchOf({ tally: tallyOf({ problems: [leak] }) }) }),
    ])
    const [calm, ...open] = mixed.scenarios.map(({ file }) => file)
    expect(new Set(mixed.verdict.scenarios.map(({ status }) => status)).size).toBe(4)
    expect(choose(mixed, [calm ?? '', ...open]).files).toEqual(open)

    const later = { file: 'later.scenario.ts', why: 'bail' } as const
    const settled = { file: 'settled.scenario.ts', why: 'passed before' } as const
    const left = { ...goodDay, notRun: { scenarios: [later, settled], bail: null } }
    const files = [...goodDay.scenarios, later, settled].map(({ file }) => file)
    expect(choose(left, files).files).toEqual([later.file])
    expect(choose(goodDay, files).told).toEqual([`Nothing to run: every scenario in ${place} passed.`])
  })
})
