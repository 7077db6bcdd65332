import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

const folder = scratchFolder()
const moving = join(folder.path, 'main.json')
const config = fixture('baselines')

afterAll(() => folder[Symbol.dispose]())

function run(env: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const args = ['run', 'desk', '--config', config, '--out', join(folder.path, 'out'), ...flags]
  const finished = shakedown(args, { env: { DESK_MOVING: moving, ...env } })
  return { ...finished, text: finished.stdout.replaceAll(/\s+/g, ' ') }
}

describe('a run with a moving baseline', () => {
  it('has none at first, and is the first one where it passes', () => {
    const { exitCode, stderr } = run({}, '--update-baseline')
    expect({ exitCode, told: stderr.includes(`Baseline ${moving} is now this run.`) }).toEqual({
      exitCode: 0,
      told: true,
    })
    expect(readFileSync(moving, 'utf8')).toBe(readFileSync(join(folder.path, 'out/results.json'), 'utf8'))
  })

  it('fails on a regression, tells it in every report, and leaves the baseline as it is', () => {
    const before = readFileSync(moving, 'utf8')
    const { exitCode, text, stderr } = run({ DESK_RETRIES: 'none' }, '--update-baseline')
    expect(exitCode).toBe(1)
    expect(text).toMatch(/^FAIL: 3 regressions in 1 scenario/)
    expect(text).toContain(
      'REGRESSED against moving: 2 rates compared, 1 regressed, 1 unchanged; 2 rates of a single task',
    )
    expect(stderr).toContain('stays as it is: the run did not pass.')
    expect(readFileSync(moving, 'utf8')).toBe(before)
    const { verdict, comparisons } = resultsIn(join(folder.path, 'out'))
    expect(verdict.reasons[0]).toContain(
      'desk: task success under tool failures regressed: 369 of 400 (92.25 %) before',
    )
    expect(comparisons).toMatchObject([{ baseline: 'moving', status: 'regressed' }])
    expect(readFileSync(join(folder.path, 'out/summary.md'), 'utf8')).toContain('## Against the baseline')
    expect(readFileSync(join(folder.path, 'out/junit.xml'), 'utf8')).toContain('<failure')
  })

  it('does not move it by a run with fewer trials than it declares', () => {
    expect(run({}, '--update-baseline', '--trials', '300').stderr).toContain('fewer trials than it asks for')
  })

  it('is inconclusive where the comparison is refused, and passes once the change is allowed', () => {
    const changed = { DESK_PROMPT: 'Be brief.' }
    const refused = run(changed)
    expect(refused.exitCode).toBe(3)
    expect(refused.text).toContain('INCONCLUSIVE: 1 refused comparison in 1 scenario')
    expect(refused.text).toContain('--allow prompts')
    expect(run(changed, '--allow', 'prompts').exitCode).toBe(0)
  })
})

describe('a run with other baselines', () => {
  it('needs a pinned one to be there, before any trial', () => {
    const { exitCode, stderr } = run({ DESK_PINNED: join(folder.path, 'nowhere.json') })
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^shakedown: there is no file .*nowhere\.json/)
  })

  it('is compared with the file that is given instead', () => {
    const { exitCode, text } = run({}, '--baseline', moving)
    expect(exitCode).toBe(0)
    expect(text).toContain(`UNCHANGED against ${moving}`)
    expect(existsSync(moving)).toBe(true)
  })
})
