import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { comparisonSchema } from '../../src/results/comparison/comparison-schema.ts'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const folder = scratchFolder()

/** Runs the desk with changes, and returns where its results are. */
function run(name: string, env: Readonly<Record<string, string>> = {}, ...flags: readonly string[]): string {
  const out = join(folder.path, name)
  shakedown(['run', 'desk', '--config', fixture('compared'), '--out', out, ...flags], { env })
  return join(out, 'results.json')
}

let main = ''

beforeAll(() => (main = run('main')))
afterAll(() => folder[Symbol.dispose]())

describe('shakedown compare', () => {
  it('finds a result unchanged against itself, exit 0', () => {
    const { exitCode, stdout } = shakedown(['compare', main, main])
    expect(stdout).toContain(`UNCHANGED against ${main}: 2 rates compared, 2 unchanged`)
    expect(stdout).toContain('unchanged (the same traces)')
    expect(exitCode).toBe(0)
  })

  it('finds an agent that lost its retry for one task regressed, names the task, exit 1', () => {
    const worse = run('worse', { DESK_RETRIES: 'status' })
    const { exitCode, stdout } = shakedown(['compare', main, worse])
    expect(stdout).toMatch(/^REGRESSED against .*: 2 rates compared, 1 regressed, 1 unchanged; 1 rate of a single task/)
    expect(stdout).toMatch(
      /regressed +under tool failures, task "refund" +182 of 200 \(91\.00 %\) +142 of 200 \(71\.00 %\)/,
    )
    expect(stdout).toContain('mean latency under tool failures: 651 ms before, 646 now, -6 ms (-7 to -4)')
    expect(exitCode).toBe(1)
    expect(shakedown(['compare', worse, main])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^IMPROVED/),
    })
  })

  it('refuses a changed prompt and tool, names them, exit 2, and compares once they are allowed', () => {
    const prompted = run('prompted', { DESK_PROMPT: 'Be brief.', DESK_TOOL: 'Finds an order.' })
    const refused = shakedown(['compare', main, prompted])
    expect(refused.stdout).toContain('desk: the agent sends other system prompts.')
    expect(refused.stdout).toContain('desk: tool "look_up_order" changed.')
    expect(refused.stdout).toContain('--allow prompts --allow tools')
    expect(refused.exitCode).toBe(2)
    const json = shakedown(['compare', main, prompted, '--allow', 'prompts', '--allow', 'tools', '--json'])
    expect(comparisonSchema.parse(JSON.parse(json.stdout))).toMatchObject({ status: 'unchanged', isPaired: true })
    expect(json.exitCode).toBe(0)
  })

  it.each([
    ['tasks', { DESK_INPUT: 'Where is my parcel?' }, 'task "status", "refund" changed'],
    ['graders', { DESK_GRADER: 'lenient' }, 'grader of task "status", "refund" changed'],
    ['faults', { DESK_FAILURES: '0.1' }, 'faults of condition "tool failures" changed'],
  ])('refuses changed %s, exit 2', (part, env, sentence) => {
    const { exitCode, stdout } = shakedown(['compare', main, run(part, env, '--trials', '20')])
    expect(stdout).toContain(sentence)
    expect(stdout).toContain(`--allow ${part}`)
    expect(exitCode).toBe(2)
  })

  it('says that other seeds are no pairs, and is undecided, exit 3', () => {
    const { exitCode, stdout } = shakedown(['compare', main, run('seed', {}, '--seed', '7')])
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('unpaired, because the baseline has seed 1 and this result seed 7')
    expect(stdout).toMatch(/undecided +under tool failures/)
    expect(exitCode).toBe(3)
  })

  it('tells what it cannot read in one sentence, exit 2', () => {
    const broken = join(folder.path, 'broken.json')
    writeFileSync(broken, readFileSync(main, 'utf8').replace('"format": "shakedown-results"', '"format": "other"'))
    for (const args of [
      ['nowhere.json'],
      [main, broken],
      [main, main, '--allow', 'luck'],
      [main, main, '--margin', 'x'],
    ]) {
      const { exitCode, stderr } = shakedown(['compare', ...args])
      expect({ exitCode, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 2, lines: 1 })
    }
  })

  it('prints no order and no character that acts, whatever a result is called or says', () => {
    const name = 'desk ##[add-mask]x \u202Eb \u009B31m'
    const results = JSON.parse(readFileSync(main, 'utf8')) as { scenarios: { name: string }[]; verdict: unknown }
    const told = JSON.parse(JSON.stringify(results).replaceAll('"desk"', JSON.stringify(name))) as unknown
    const named = join(folder.path, 'named.json')
    writeFileSync(named, JSON.stringify(told))
    const json = shakedown(['compare', named, named, '--json']).stdout
    const words = shakedown(['compare', named, named]).stdout
    for (const text of [json, words]) expect(text).not.toMatch(/##\[|\u202E|\u009B/)
    const { cells } = comparisonSchema.parse(JSON.parse(json))
    expect(new Set(cells.map(({ scenario }) => scenario))).toEqual(new Set([name]))
  })
})
