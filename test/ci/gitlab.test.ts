import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { ciProject } from './_project.ts'
import { readYaml } from './_yaml.ts'

vi.setConfig({ testTimeout: 300_000 })

interface Template {
  readonly '.shakedown': {
    readonly variables: Readonly<Record<string, string>>
    readonly rules: readonly { readonly if: string; readonly variables?: Readonly<Record<string, string>> }[]
    readonly cache: { readonly paths: readonly string[]; readonly policy: string; readonly unprotect: boolean }
    readonly before_script: readonly string[]
    readonly script: readonly string[]
    readonly artifacts: {
      readonly when: string
      readonly paths: readonly string[]
      readonly reports: Readonly<Record<string, string>>
    }
  }
}

const { document } = readYaml<Template>('templates/gitlab-ci.yml')
const job = document['.shakedown']
const project = ciProject()
const onMain = { CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' }
const onMergeRequest = { CI_DEFAULT_BRANCH: 'main' }

afterAll(() => project[Symbol.dispose]())

/** Runs scripts of the job one line after another in one shell, as a runner does. */
function run(scripts: readonly string[], env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', scripts.join('\n')], {
    cwd: project.path,
    env: { ...process.env, CI: 'true', GITLAB_CI: 'true', ...job.variables, ...env },
    encoding: 'utf8',
  })
  return { exitCode: status, log: stdout + stderr }
}

describe('the GitLab template', () => {
  it('writes the cache on the default branch alone', () => {
    expect(job.cache.policy).toBe('$SHAKEDOWN_CACHE_POLICY')
    expect(job.variables['SHAKEDOWN_CACHE_POLICY']).toBe('pull')
    const writing = job.rules.filter(({ variables }) => variables?.['SHAKEDOWN_CACHE_POLICY'] === 'pull-push')
    expect(writing.map((rule) => rule.if)).toEqual(['$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH'])
    expect(job.cache.unprotect).toBe(true)
  })

  it('reads the variables that docs/ci.md sets', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/ci.md'), 'utf8')
    const named = [...page.matchAll(/\bSHAKEDOWN_\w+/g)].map(([name]) => name)
    expect(named.length).toBeGreaterThan(2)
    expect(named.filter((name) => !(name in job.variables))).toEqual([])
  })

  it('keeps the report of every job, also of one that fails', () => expect(job.artifacts.when).toBe('always'))

  it('installs, runs, and leaves what it names as cache and artifacts; a regression fails a merge request', () => {
    const first = run([...job.before_script, ...job.script], onMain)
    expect(first.exitCode, first.log).toBe(0)
    const named = [...job.cache.paths, ...job.artifacts.paths, ...Object.values(job.artifacts.reports)]
    expect(named.filter((path) => !existsSync(join(project.path, path)))).toEqual([])

    const worse = run(job.script, { ...onMergeRequest, DESK_RETRIES: 'none' })
    expect(worse.exitCode, worse.log).toBe(1)
    expect(worse.log).toContain('regressed')

    rmSync(join(project.path, '.shakedown'), { recursive: true })
    const alone = run(job.script, { ...onMergeRequest, SHAKEDOWN_FILTER: 'desk', SHAKEDOWN_ARGS: '--trials 100 -q' })
    expect(alone.exitCode, alone.log).toBe(0)
    expect(alone.log).toContain('There is no baseline yet')
    expect(alone.log).toContain('PASS: 3 properties hold in 1 scenario over 100 trials')
    expect(existsSync(join(project.path, '.shakedown/baseline.json'))).toBe(false)
  })
})
