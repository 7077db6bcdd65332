import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resultsIn, scratchFolder } from '../cli/_shakedown.ts'

// What `npm pack` makes of this repository, installed from the registry's packages into a project of its own.

const root = join(import.meta.dirname, '../..')
const folder = scratchFolder()
const project = join(folder.path, 'project')
const bin = join(project, 'node_modules/.bin/shakedown')

function run(command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  // Without the conditions of this repository, by which "shakedown" would mean its sources.
  const { NODE_OPTIONS: _options, NODE_ENV: _environment, ...env } = process.env
  return spawnSync(command, args, { cwd, env: { ...env, NO_COLOR: '1' }, encoding: 'utf8' })
}

beforeAll(() => {
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder.path], root)
  expect(packed.status, packed.stdout + packed.stderr).toBe(0)
  const tarball = readdirSync(folder.path).find((name) => name.endsWith('.tgz'))
  cpSync(join(root, 'examples/refund-agent'), project, { recursive: true })
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }))
  const installed = run('npm', ['install', '--silent', `../${tarball}`, 'openai', 'typescript@~6.0'], project)
  expect(installed.status, installed.stderr).toBe(0)
}, 300_000)

afterAll(() => folder[Symbol.dispose]())

describe('the installed package', () => {
  it('runs a scenario with its own command and writes the report', () => {
    const { status, stdout } = run(bin, ['run', '--trials', '200'], project)
    expect(stdout).toMatch(/^FAIL: 1 finding in 1 scenario\n/)
    expect(status).toBe(1)
    expect(resultsIn(join(project, 'reports/latest')).scenarios[0]?.findings[0]?.property).toBe('L11')
    expect(existsSync(join(project, 'reports/latest/index.html'))).toBe(true)
  })

  it('replays the finding of that run', () => {
    const token = resultsIn(join(project, 'reports/latest')).scenarios[0]?.findings[0]?.token ?? ''
    const { status, stdout } = run(bin, ['replay', token], project)
    expect(stdout).toContain('L11 is violated')
    expect(stdout).toContain('The trace is the one of the report.')
    expect(status).toBe(1)
  })

  it('brings the files that it promises, and no sources or tests', () => {
    const inside = readdirSync(join(project, 'node_modules/shakedown')).toSorted()
    expect(inside).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'package.json',
      'schema',
      'templates',
    ])
  })

  it('has types that a strict project compiles against', () => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2023', 'esnext.disposable', 'dom'],
      allowImportingTsExtensions: true,
      types: [],
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['scenarios'] }))
    writeFileSync(join(project, 'globals.d.ts'), 'declare const process: { env: Record<string, string | undefined> }\n')
    const { stdout } = run(join(project, 'node_modules/.bin/tsc'), ['-p', '.'], project)
    expect(stdout).toBe('')
  })
})
