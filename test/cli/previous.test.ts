import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const folder = scratchFolder()
const earlier = join(folder.path, 'earlier')
const config = fixture('trends')

afterAll(() => folder[Symbol.dispose]())

function run(out: string, env: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const finished = shakedown(['run', 'desk', '--config', config, '--out', join(folder.path, out), ...flags], { env })
  return { ...finished, text: finished.stdout.replaceAll(/\s+/g, ' ') }
}

/** Keeps a run of the desk as if it had been on that day of November. */
function keep(out: string, day: number, place = join(earlier, `night-${day}`)): void {
  mkdirSync(place, { recursive: true })
  cpSync(join(folder.path, out, 'results.json'), join(place, 'results.json'))
  const environment = JSON.parse(readFileSync(join(folder.path, out, 'environment.json'), 'utf8'))
  const dated = { ...environment, startedAt: `2026-11-0${day}T03:00:00.000Z` }
  writeFileSync(join(place, 'environment.json'), JSON.stringify(dated))
}

const rendered = ['index.html', 'summary.md', 'junit.xml', 'trends.json', 'results.json']

function read(out: string, names: readonly string[] = rendered): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder.path, out, name), 'utf8')]))
}

const hasty = { DESK_HASTE: 'yes', DESK_LUCK: '0' }

describe('a run after earlier ones', () => {
  const flags = ['--seed', '2', '--previous', earlier, '--period', '3000']
  let now: ReturnType<typeof run>

  beforeAll(() => {
    expect(run('good', {}, '--previous', earlier).text).toContain('Trends. No earlier run to compare with.')
    keep('good', 1)
    expect(run('bad', hasty, '--seed', '2').text).not.toContain('Trends')
    keep('bad', 2)
    keep('good', 3)
    now = run('now', hasty, ...flags)
  })

  it('tells what came back and what burns, in every report', () => {
    const { text } = now
    expect(text).toContain('Trends. This run after 3 earlier runs, 2026-11-01 03:00 to 2026-11-03 03:00 UTC.')
    expect(text).toContain(
      'flaky, failing now: R4 retry.after in desk, since this run (violated in 2 of the last 4 runs)',
    )
    expect(text).toMatch(
      /ticket: the error budget of task success at least 95 %, under tool failures, in desk, burns \d/,
    )
    expect(text).toMatch(
      /missed: task success at least 95 %, under tool failures in desk: [67]\d\.\d\d % .* before 100\.00 %/,
    )
    const { 'index.html': page = '', 'summary.md': summary = '' } = read('now')
    expect(summary).toContain('## Trends')
    expect(summary).toMatch(/\| ! flaky, failing now \| R4 retry\.after \| desk \| this run \| ✓✕✓✕ \|/)
    expect(page).toContain('<h2 id="trends">Trends</h2>')
    expect(page).toContain('flaky, failing now')
  })

  it('has the results and the verdict that it has without them', () => {
    expect(now.exitCode).toBe(1)
    expect(read('now', ['results.json'])).toEqual(read('bad', ['results.json']))
    expect(existsSync(join(folder.path, 'bad/trends.json'))).toBe(false)
  })

  it('is rendered again to the same bytes, and without earlier ones leaves nothing of them behind', () => {
    const written = read('now')
    const place = join(folder.path, 'now/results.json')
    expect(shakedown(['report', place, '--previous', earlier, '--period', '3000']).exitCode).toBe(1)
    expect(read('now')).toEqual(written)
    shakedown(['report', place])
    expect(readFileSync(join(folder.path, 'now/index.html'), 'utf8')).not.toContain('id="trends"')
    expect(existsSync(join(folder.path, 'now/trends.json'))).toBe(false)
  })

  it('names what cannot be read, and what is of other tasks', () => {
    const mixed = join(folder.path, 'mixed')
    cpSync(earlier, mixed, { recursive: true })
    writeFileSync(join(mixed, '2026-10-01.json'), '{"format":"other"}')
    const { text } = run('other', { DESK_INPUT: 'Where is A-2?' }, '--previous', mixed)
    expect(text).toMatch(/left out: 2026-10-01\.json: .* found "other"; give a results\.json/)
    expect(text).toContain('left out: night-1/results.json, desk: task "status" changed')
  })

  it('is refused before any trial where an earlier one has no date', () => {
    const undated = join(folder.path, 'undated')
    mkdirSync(undated)
    cpSync(join(earlier, 'night-1/results.json'), join(undated, 'main.json'))
    const { exitCode, stderr } = run('never', {}, '--previous', undated)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^shakedown: .*main\.json: nothing says when this run took place; put its environment\.json/)
    expect(existsSync(join(folder.path, 'never'))).toBe(false)
  })
})

describe('run --update-previous', () => {
  const carried = join(folder.path, 'carried')
  const env = { DESK_PREVIOUS: carried }

  const kept = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-([0-9a-f]{12}(-dirty)?|unknown)$/

  it('keeps a run under its date and commit, removes the oldest that were kept so, and nothing else', () => {
    const nights = [1, 2, 3].map((day) => `2026-11-0${day}T03-00-00Z-0123456789ab`)
    for (const [index, name] of nights.entries()) keep('good', index + 1, join(carried, name))
    keep('good', 1, join(carried, 'release-2025-01-01'))
    const { exitCode, stderr } = run('kept', { ...env, ...hasty }, '--update-previous', '--trials', '20')
    expect(stderr).toMatch(/\nKept this run as .*: 3 of at most 3, and 1 older one made room\.\n$/)
    const [second, third, own = '', release] = readdirSync(carried)
    expect([second, third, release]).toEqual([...nights.slice(1), 'release-2025-01-01'])
    expect(own).toMatch(kept)
    for (const name of ['results.json', 'environment.json'])
      expect(readFileSync(join(carried, own, name), 'utf8')).toBe(readFileSync(join(folder.path, 'kept', name), 'utf8'))
    expect(exitCode).toBe(1)
  })

  it('needs a folder', () => {
    const { exitCode, stderr } = run('never', {}, '--update-previous')
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^shakedown: flag --update-previous: there is no folder of earlier results; give --previous/)
  })
})
