import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { resultsIn, scratchFolder, shakedown } from '../cli/_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 300_000 })

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/comparing.md'), 'utf8')
const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block)
const config = blocks.find((block) => block.includes('baseline:')) ?? ''

/** A project with the configuration of the page, and two scenarios. */
const project = scratchFolder()
const at = (name: string): string => join(project.path, name)
const desk = readFileSync(join(root, 'test/fixtures/compared/desk.scenario.ts'), 'utf8')
mkdirSync(at('scenarios'))
symlinkSync(join(root, 'node_modules'), at('node_modules'))
writeFileSync(at('harness.config.ts'), `import { defineConfig } from 'shakedown'\n\n${config}`)
writeFileSync(at('scenarios/desk.scenario.ts'), desk)
writeFileSync(
  at('scenarios/second.scenario.ts'),
  desk.replace("scenario('desk'", "scenario('second'").replace('trials: 400', 'trials: 60'),
)

const run = (flags: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  shakedown(['run', '--vacuous', 'allow', ...flags], { cwd: project.path, env })
const bytesOf = (name: string): string => readFileSync(at(name), 'utf8')
const comparisons = () =>
  resultsIn(at('reports/latest')).comparisons.map(({ baseline, status, margin }) => [baseline, status, margin])

afterAll(() => project[Symbol.dispose]())

describe('the baselines of docs/comparing.md', () => {
  it('are a pinned and a moving one', () => {
    expect(config).toContain("pinned: 'baselines/release.json', moving: 'baselines/main.json', margin: 0.02")
    const { exitCode, stderr } = run([])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`there is no file ${at('baselines/release.json')}`)
  })

  it('begin with a pinned one that a person makes, and a moving one that a passing run makes', () => {
    const made = run(['--baseline', 'baselines/release.json', '--update-baseline'])
    expect(made.exitCode, made.stderr).toBe(0)
    expect(existsSync(at('baselines/main.json'))).toBe(false)
    const first = run(['--update-baseline'])
    expect(first.exitCode, first.stderr).toBe(0)
    expect(first.stderr).toContain(`Baseline ${at('baselines/main.json')} is now this run.`)
    expect(comparisons()).toEqual([['pinned', 'unchanged', 0.02]])
    expect(bytesOf('baselines/main.json')).toBe(bytesOf('reports/latest/results.json'))
  })

  it('are both compared with, and the moving one alone is replaced', () => {
    const pinned = bytesOf('baselines/release.json')
    expect(run(['--update-baseline']).exitCode).toBe(0)
    expect(comparisons()).toEqual([
      ['pinned', 'unchanged', 0.02],
      ['moving', 'unchanged', 0.02],
    ])
    expect(bytesOf('baselines/release.json')).toBe(pinned)
    expect(bytesOf('baselines/main.json')).toBe(bytesOf('reports/latest/results.json'))
  })

  it.each<[string, readonly string[], Readonly<Record<string, string>>, number, string]>([
    ['regressed', [], { DESK_RETRIES: 'none' }, 1, 'the run did not pass'],
    ['was refused', [], { DESK_PROMPT: 'Be brief.' }, 3, 'the run did not pass'],
    ['made fewer trials', ['desk', '--trials', '300'], {}, 0, 'with fewer trials than it asks for'],
    ['left a scenario out', ['desk'], {}, 0, 'the run left "second" out'],
  ])('stay as they are after a run that %s', (_what, flags, env, wanted, reason) => {
    const before = bytesOf('baselines/main.json')
    const { exitCode, stderr } = run([...flags, '--update-baseline'], env)
    expect({ exitCode, told: stderr.includes(`stays as it is: `) && stderr.includes(reason) }, stderr).toEqual({
      exitCode: wanted,
      told: true,
    })
    expect(bytesOf('baselines/main.json')).toBe(before)
  })

  it('stand on a page that links only files that are there', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(0)
    expect(targets.filter((target) => !existsSync(join(root, 'docs', target)))).toEqual([])
  })
})
