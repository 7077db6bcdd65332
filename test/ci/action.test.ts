import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type Action, type JobResult, runAction } from './_action-runner.ts'
import { ciProject } from './_project.ts'
import { parseYaml, readYaml } from './_yaml.ts'

vi.setConfig({ testTimeout: 300_000 })

const { text, document: action } = readYaml<Action>('action.yml')
const project = ciProject()
const services = join(project.scratch, 'services')
mkdirSync(services)

afterAll(() => project[Symbol.dispose]())

const repository = { default_branch: 'main' }
const onMain = { event_name: 'push', ref_name: 'main', run_id: 7, run_attempt: 1, event: { repository } }
const onPullRequest = { ...onMain, event_name: 'pull_request', ref_name: '12/merge', run_id: 8 }

function run(
  github: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): JobResult {
  return runAction(action, { workspace: project.path, services, github, inputs, env })
}

describe('the composite action', () => {
  const { steps } = action.runs
  const expressions = [...text.matchAll(/\$\{\{(.*?)\}\}/g)].map(([, expression = '']) => expression)

  it('takes what docs/ci.md gives it, and the page has each input with its default', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/ci.md'), 'utf8')
    const [shown = ''] = /^ +with:\n(?: {10}.*\n)+/m.exec(page) ?? []
    const { with: given } = parseYaml(shown) as { with: Readonly<Record<string, unknown>> }
    expect(Object.keys(given).filter((name) => !(name in action.inputs))).toEqual([])
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (?:`([^`]*)`)? *(the default branch)? *\|/gm)]
    expect(rows.map(([, name, value = '', words]) => [name, words ?? value])).toEqual(
      Object.entries(action.inputs).map(([name, input]) => [
        name,
        name === 'baseline-branch' ? 'the default branch' : input.default,
      ]),
    )
  })

  it('pins what it uses by commit, with the version beside it', () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, what]) => what)
    expect(used).toHaveLength(4)
    for (const what of used) expect(what).toMatch(/^actions\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('lets no expression into a script, where its value would be run', () => {
    expect(steps.map(({ run: script = '' }) => script).join('')).not.toContain('${{')
  })

  it('speaks of no input, step or output that is not there, and uses each input', () => {
    const named = (context: string): string[] =>
      expressions
        .flatMap((each) => [...each.matchAll(new RegExp(`\\b${context}\\.([\\w-]+)`, 'g'))])
        .map(([, name = '']) => name)
    expect([...new Set(named('inputs'))].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
    expect(new Set(named('steps'))).toEqual(new Set(['run']))
    const written = new Set([...text.matchAll(/echo "?'?([\w-]+)=/g)].map(([, name]) => name))
    expect(new Set(named('steps.run.outputs'))).toEqual(written)
  })

  it('gives each script the variables that it reads, and no others', () => {
    for (const { env = {}, run: script = '' } of steps) {
      for (const name of Object.keys(env).filter((one) => one !== 'FORCE_COLOR')) expect(script).toContain(`$${name}`)
      const read = [...script.matchAll(/\$\{?([A-Z_]+)/g)].map(([, name = '']) => name)
      expect(read.filter((name) => !name.startsWith('GITHUB_') && !(name in env))).toEqual([])
    }
  })
})

describe('a job with the action', () => {
  it('installs from the lockfile, runs, and hands on verdict, summary and report', () => {
    const { exitCode, summary, outputs, log, ran } = run(onMain, { trials: '100', filter: 'desk other' })
    expect(exitCode, log).toBe(0)
    expect(log).toContain('without faults every task is solved')
    expect(outputs).toEqual({ verdict: 'pass', 'exit-code': '0', report: join(project.path, 'reports/latest') })
    expect(summary).toBe(readFileSync(join(project.path, 'reports/latest/summary.md'), 'utf8'))
    const uploaded = readdirSync(join(services, 'artifacts/shakedown-report'))
    expect(uploaded).toEqual(expect.arrayContaining(['index.html', 'junit.xml', 'results.json']))
    expect(ran).toEqual([
      'Set up Node',
      'Install from the lockfile',
      'Run the scenarios',
      'Upload the report',
      'End with the verdict',
    ])
  })

  const withBaseline = { baseline: 'true', install: 'false', 'node-version': '' }

  it('carries the baseline from the default branch to a pull request, which a regression fails', () => {
    const first = run(onPullRequest, withBaseline)
    expect(first.log).toContain('::notice title=Shakedown::there is no baseline yet')
    expect(first.ran).not.toContain('Keep the baseline')
    const kept = run(onMain, withBaseline)
    expect(kept.exitCode, kept.log).toBe(0)
    expect(kept.ran).toContain('Keep the baseline')
    expect(readdirSync(join(services, 'cache'))).toEqual(['shakedown-baseline-7-1'])

    rmSync(join(project.path, '.shakedown'), { recursive: true })
    const worse = run(onPullRequest, withBaseline, { DESK_RETRIES: 'none' })
    expect(worse.exitCode, worse.log).toBe(1)
    expect(worse.outputs).toMatchObject({ verdict: 'fail', 'exit-code': '1' })
    expect(worse.summary).toContain('regressed')
    expect(worse.log).toMatch(/^::error /m)
    expect(readdirSync(join(services, 'cache'))).toEqual(['shakedown-baseline-7-1'])
  })

  it('says that there is no verdict where the run cannot begin, and takes no old report for it', () => {
    const { exitCode, summary, outputs, ran } = run(onMain, { ...withBaseline, baseline: 'false', args: '--nonsense' })
    expect(exitCode).toBe(2)
    expect(outputs).toEqual({ verdict: 'usage', 'exit-code': '2', report: '' })
    expect(summary).toBe('### Shakedown: no verdict\n\nThe run ended with exit code 2; its log says why.\n')
    expect(ran).not.toContain('Upload the report')
  })

  it('does not call it a pass where nothing was left to run', () => {
    const inputs = { ...withBaseline, baseline: 'false' }
    const before = run(onMain, { ...inputs, install: 'true' })
    expect(before.exitCode, before.log).toBe(0)
    const args = '--last-failed --pass-with-no-scenarios'
    const { exitCode, summary, outputs, log, ran } = run(onMain, { ...inputs, args })
    expect(exitCode, log).toBe(0)
    expect(outputs).toEqual({ verdict: 'nothing run', 'exit-code': '0', report: '' })
    expect(summary).toMatch(/^### Shakedown: nothing run\n/)
    expect(ran).not.toContain('Upload the report')
  })

  it('takes the failure of what starts the run for no verdict on the agent', () => {
    const [installed, aside] = [join(project.path, 'node_modules'), join(project.scratch, 'aside')]
    renameSync(installed, aside)
    // Whether a registry can be reached, and what it has under the name, is nobody's business here.
    const { exitCode, outputs } = run(onMain, { ...withBaseline, baseline: 'false' }, { npm_config_offline: 'true' })
    renameSync(aside, installed)
    expect(exitCode).toBe(1)
    expect(outputs).toEqual({ verdict: 'harness failure', 'exit-code': '1', report: '' })
  })

  it('runs nothing of what is written into its inputs', () => {
    const { log } = run(onMain, {
      ...withBaseline,
      baseline: 'false',
      filter: '$(touch pwned) `touch pwned` ;touch pwned',
    })
    expect(log).toContain('matches none of')
    expect(readdirSync(project.path)).not.toContain('pwned')
  })
})

describe('its step that installs', () => {
  const step = action.runs.steps.find(({ name }) => name === 'Install from the lockfile')
  const folder = join(project.scratch, 'other')
  const bin = join(project.scratch, 'bin')
  mkdirSync(bin)
  for (const manager of ['npm', 'pnpm', 'yarn']) {
    writeFileSync(join(bin, manager), `#!/bin/sh\necho "${manager} $*"\n`, { mode: 0o755 })
  }
  const only = { ...action, runs: { ...action.runs, steps: action.runs.steps.filter((each) => each === step) } }

  it.each([
    [['package-lock.json'], 0, 'npm ci\n'],
    [['pnpm-lock.yaml'], 0, 'pnpm install --frozen-lockfile\n'],
    [['yarn.lock'], 0, 'yarn install --frozen-lockfile\n'],
    [['yarn.lock', '.yarnrc.yml'], 0, 'yarn install --immutable\n'],
    [[], 2, '::error title=Shakedown::there is no lockfile'],
  ])('takes the lockfile that is there: %j', (files, exitCode, printed) => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    for (const file of files) writeFileSync(join(folder, file), '')
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` }
    const job = runAction(only, { workspace: folder, services, github: onMain, env })
    expect(job.exitCode).toBe(exitCode)
    expect(job.log).toContain(printed)
  })
})
