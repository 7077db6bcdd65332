import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Results } from 'shakedown'
import { parseRunFlags } from '../../src/cli/flags.ts'
import { type Finished, fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const place = (name: string): string => join(scratch.path, name)
const textOf = (name: string, file: string): string => readFileSync(join(place(name), file), 'utf8')

/** With this seed the scenario that fails rarely does so first in the second of its three blocks. */
function run(name: string, ...more: string[]): Finished & { readonly results: Results } {
  const config = ['--config', fixture('several'), '--seed', '5']
  const finished = shakedown(['run', ...config, ...more, '--out', place(name)])
  expect(finished.exitCode, finished.stderr).toBe(1)
  return { ...finished, results: resultsIn(place(name)) }
}

describe('run --bail', () => {
  let whole: Results
  let bailed: Finished & { readonly results: Results }
  beforeAll(() => {
    whole = run('whole').results
    bailed = run('bailed', '--bail', '--workers', '1')
  })

  it('ends with the block that fails the run, names the rest, and fails for the failure alone', () => {
    const { results, stdout } = bailed
    expect(results.verdict).toMatchObject({ status: 'fail', exitCode: 1, summary: '1 finding in 1 scenario' })
    expect(results.verdict.reasons).toEqual([
      expect.stringContaining('rarely failing: L2 (loop.one-stop) is violated in 1 of 200 trials; in the replay: '),
    ])
    expect(results.scenarios.map(({ name }) => name)).toEqual(['steady', 'rarely failing'])
    expect(results.notRun).toEqual({
      scenarios: [
        { file: 'c-careless.scenario.ts', why: 'bail' },
        { file: 'd-steady.scenario.ts', why: 'bail' },
      ],
      bail: {
        failed: 1,
        scenario: 'rarely failing',
        file: 'b-rarely-failing.scenario.ts',
        search: { trials: 200, of: 230 },
        hasMeasure: true,
        baselines: [],
      },
    })
    const words = stdout.replaceAll('\n', ' ')
    expect(words).toContain(
      'not run: "rarely failing": 30 of 230 trials of its search and its measure, because --bail ended the run after 1 failed scenario.',
    )
    expect(words).toContain('not run: c-careless.scenario.ts, d-steady.scenario.ts, because --bail ended the run')
  })

  it('comes to the same bytes on any number of workers', () => {
    run('workers', '--bail', '--workers', '4')
    expect(textOf('workers', 'results.json')).toBe(textOf('bailed', 'results.json'))
  })

  it('finds what the whole run finds first, and says of scenarios before it what the whole run says', () => {
    expect(bailed.results.scenarios[0]).toEqual(whole.scenarios[0])
    const [found, first] = [bailed.results, whole].map(({ scenarios }) => scenarios[1]?.findings[0])
    expect(found).toMatchObject({ firstTrial: 190, token: first?.token, plan: first?.plan, witness: first?.witness })
    expect(whole.notRun).toBeNull()
  })

  it('bears as many failed scenarios as it is told to, all but the last to their end', () => {
    const { results } = run('second', '--bail', '2')
    expect(results.scenarios.slice(0, 2)).toEqual(whole.scenarios.slice(0, 2))
    expect(results.notRun).toMatchObject({
      scenarios: [{ file: 'd-steady.scenario.ts', why: 'bail' }],
      bail: { failed: 2, scenario: 'careless', search: { trials: 100, of: 230 }, hasMeasure: false },
    })
  })

  it('changes nothing where so many do not fail', () => {
    run('third', '--bail', '3')
    expect(textOf('third', 'results.json')).toBe(textOf('whole', 'results.json'))
  })

  it('makes no pass of what it left out, in the files for other programs either', () => {
    const junit = textOf('bailed', 'junit.xml')
    expect(junit).toContain('<testcase classname="c-careless.scenario.ts" name="run" time="0">')
    expect(junit).toContain('message="not run, because --bail ended the run after 1 failed scenario"')
  })

  it('is compared with no baseline, and is not kept among earlier results', () => {
    const baseline = join(place('whole'), 'results.json')
    const series = ['--previous', place('series'), '--update-previous']
    const { results, stdout, stderr } = run('against', '--bail', '--baseline', baseline, ...series)
    expect(results.comparisons).toEqual([])
    expect(stdout.replaceAll('\n', ' ')).toContain(`not compared with the baseline ${baseline}, because --bail ended`)
    expect(stderr).toContain(`Earlier results in ${place('series')} stay as they are: this run was ended at a failure.`)
  })

  it('refuses what it cannot do', () => {
    expect(() => parseRunFlags({ bail: true, shard: '1/2' })).toThrow(
      'flag --bail: a part of a run is not judged, so that no failure can end it; leave --bail out, or run without --shard.',
    )
    expect(() => parseRunFlags({ bail: 'desk' })).toThrow(
      'expected a number of failed scenarios from 1 to 999 (write --bail=1 where a filter follows) at "bail", found "desk"',
    )
    expect(() => parseRunFlags({ bail: '0' })).toThrow('found "0"')
  })
})
