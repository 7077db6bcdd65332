import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

/** One sentence: a single line that names the remedy after a semicolon. */
const oneSentence = /^shakedown: [^\n]+; [^\n]+\.\n$/

function projectWith(files: Readonly<Record<string, string>>): Disposable & { readonly path: string } {
  const folder = scratchFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder.path, name), content)
  return folder
}

describe('flags and arguments', () => {
  it.each([
    [['run', '--seed', 'x'], '"seed"'],
    [['run', '--trials', '0'], '"trials"'],
    [['run', '--workers', '-1'], 'workers'],
    [['run', '--vacuous', 'maybe'], '"vacuous", found "maybe"; see `shakedown run --help`'],
    [['run', '--vacuous'], '--vacuous <fail|allow>'],
    [['run', '--frobnicate'], '--frobnicate'],
    [['frobnicate'], 'frobnicate'],
    [[], '`shakedown run`'],
    [['run', '--config', 'nowhere.ts'], 'nowhere.ts'],
    [['run', '--config', '.'], 'has no harness.config.ts; give the path of a configuration file, or of a folder'],
    [['run'], "the project's folder"],
    [['run', 'nothing-matches', '--config', fixture('tiny')], 'matches none of'],
    [['replay', 'sd1.abc'], 'sd1.abc'],
    [['report', 'nowhere.json'], 'nowhere.json'],
    [['list', 'dragons'], 'dragons'],
  ])('%j ends with one sentence and exit code 2', (args, named) => {
    using folder = scratchFolder()
    const { exitCode, stderr, stdout } = shakedown(args, { cwd: folder.path })
    expect(stderr).toMatch(oneSentence)
    expect(stderr).toContain(named)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
  })

  it('refuses to replace clocks where NODE_ENV is production, unless it is told to', () => {
    using folder = scratchFolder()
    const args = ['run', 'tiny', '--trials', '1', '--config', fixture('tiny'), '--out', folder.path]
    const refused = shakedown(args, { env: { NODE_ENV: 'production' } })
    expect(refused.stderr).toMatch(/^shakedown: NODE_ENV is "production".+--allow-production\.\n$/)
    expect(refused.exitCode).toBe(2)
    const allowed = shakedown([...args, '--allow-production'], { env: { NODE_ENV: 'production' } })
    expect(allowed.stderr).not.toContain('shakedown:')
  })
})

describe('configuration and scenario files', () => {
  it('take the configuration of a folder that is given in place of a file', () => {
    const listed = (config: string) => shakedown(['list', 'scenarios', '--json', '--config', config])
    const ofFile = listed(fixture('tiny'))
    expect(ofFile.exitCode).toBe(0)
    expect(listed(dirname(fixture('tiny')))).toEqual(ofFile)
  })

  it.each([
    ['export default { scenarios: 3 }', /"scenarios"/],
    ['export default { colour: "red" }', /colour/],
    ['export default {', /harness\.config\.ts/],
    ['export const config = {}', /harness\.config\.ts/],
  ])('configuration %j is refused', (source, named) => {
    using project = projectWith({ 'harness.config.ts': source })
    const { exitCode, stderr } = shakedown(['run'], { cwd: project.path })
    expect(stderr).toMatch(oneSentence)
    expect(stderr).toMatch(named)
    expect(exitCode).toBe(2)
  })

  it.each([
    ['export default 7', /does not export a scenario/],
    ['import "./missing.ts"', /missing/],
    ['throw new Error("at load")', /at load/],
    [
      'import { scenario } from "shakedown"\nexport default scenario("x", { agent: 5 })',
      /scenario "x".+"agent", found 5/,
    ],
  ])('scenario file %j is refused', (source, named) => {
    using project = projectWith({
      'harness.config.ts': 'export default { scenarios: ["*.scenario.ts"] }',
      'a.scenario.ts': source,
    })
    const { exitCode, stderr } = shakedown(['run'], { cwd: project.path })
    expect(stderr).toMatch(oneSentence)
    expect(stderr).toMatch(named)
    expect(exitCode).toBe(2)
  })
})

describe('the report folder', () => {
  const run = (folder: string) => ['run', 'tiny', '--trials', '20', '--config', fixture('tiny'), '--out', folder]

  it('is refused to a second run while a first one writes into it', () => {
    using folder = scratchFolder()
    const out = join(folder.path, 'report')
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    try {
      writeFileSync(`${out}.lock`, String(holder.pid))
      const { exitCode, stderr } = shakedown(run(out))
      expect(stderr).toMatch(/^shakedown: another run \(process \d+\) is writing to .+; .+--out\.\n$/)
      expect(exitCode).toBe(2)
    } finally {
      holder.kill()
    }
  })

  it('is taken over from a run that was killed', () => {
    using folder = scratchFolder()
    const out = join(folder.path, 'report')
    const ended = spawnSync(process.execPath, ['-e', ''])
    writeFileSync(`${out}.lock`, String(ended.pid))
    expect(shakedown(run(out)).stderr).not.toContain('shakedown:')
    expect(existsSync(`${out}.lock`)).toBe(false)
  })

  it('keeps an earlier report whole, and other files, where the disk is full', () => {
    using folder = scratchFolder()
    const out = join(folder.path, 'report')
    expect(shakedown(run(out)).stderr).not.toContain('shakedown:')
    writeFileSync(join(out, 'notes.txt'), 'mine')
    const before = contents(out)
    // A limit on the size of files stands in for a full disk: writing fails half-way in the same place.
    const { exitCode, stderr } = shakedown([...run(out), '--seed', '5'], { fileSizeLimitKb: 8 })
    expect(stderr).toMatch(/^shakedown: the report could not be written to .+ \(EFBIG.+; .+--out\.\n$/m)
    expect(exitCode).toBe(4)
    expect(contents(out)).toEqual(before)
  })
})

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
