import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
const asked = ['run', 'tiny.scenario', 'surface', '--trials', '430', '--config', fixture('parts')]

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const place = (name: string): string => join(scratch.path, name)
const journalOf = (out: string): string => join(`${out}.work`, 'journal.jsonl')

function linesOf(out: string): string[] {
  return existsSync(journalOf(out)) ? readFileSync(journalOf(out), 'utf8').split('\n') : []
}

/** What the whole lines of a journal say, after the first, which says what the run is. */
function workOf(out: string): unknown[] {
  return linesOf(out)
    .slice(1, -1)
    .map((line) => JSON.parse(line.slice(17)))
}

/** Ends a run with SIGKILL as soon as its journal holds so many pieces of finished work. */
async function killedAfter(finished: number, out: string): Promise<void> {
  const run: ChildProcess = spawn(process.execPath, [...flags, main, ...asked, '--out', out], { stdio: 'ignore' })
  const ended = once(run, 'exit')
  while ((linesOf(out).length < 2 || workOf(out).length < finished) && run.exitCode === null) await setImmediate()
  run.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

describe('a run that was killed', () => {
  let whole = ''
  let all = 0
  beforeAll(() => {
    const { exitCode, stderr } = shakedown([...asked, '--out', place('whole')])
    expect(exitCode, stderr).toBe(1)
    whole = readFileSync(join(place('whole'), 'results.json'), 'utf8')
    // Two runs without faults, a block of search each, blocks under one condition and six sets of trials; and causes.
    all = 2 + 5 * 2 + 5 * 7
  })

  it.each([0, 12, 40])('goes on after %i pieces of finished work, and comes to the same bytes', async (finished) => {
    const out = place(`killed-${finished}`)
    await killedAfter(finished, out)
    expect(existsSync(join(out, 'results.json'))).toBe(false)
    const before = readFileSync(journalOf(out), 'utf8')
    const kept = before.split('\n').length - 2
    expect(kept).toBeGreaterThanOrEqual(finished)
    const { exitCode, stderr } = shakedown([...asked, '--resume', '--out', out])
    expect(exitCode, stderr).toBe(1)
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(whole)
    // Nothing is left to resume.
    expect(existsSync(`${out}.work`)).toBe(false)
    expect(existsSync(`${out}.lock`)).toBe(false)
  })

  it('runs only what had not been finished', async () => {
    const out = place('counted')
    await killedAfter(20, out)
    const before = workOf(out)
    // The second run is killed as well, late: what it has added is all that it ran.
    const run = spawn(process.execPath, [...flags, main, ...asked, '--resume', '--out', out], { stdio: 'ignore' })
    const ended = once(run, 'exit')
    while (workOf(out).length < all - 5 && run.exitCode === null) await setImmediate()
    run.kill('SIGKILL')
    await ended
    const requests = workOf(out).map((work) => {
      const { job, of } = work as { job: string; of: unknown }
      return JSON.stringify([job, of])
    })
    expect(workOf(out).slice(0, before.length)).toEqual(before)
    expect(requests.length).toBeGreaterThan(before.length)
    expect(new Set(requests).size).toBe(requests.length)
  })

  it('does the work of a torn line again, and of one that was changed', async () => {
    const out = place('torn')
    await killedAfter(15, out)
    const [header = '', first = '', second = '', ...rest] = linesOf(out).slice(0, -1)
    // A count that nobody counted, under the checksum of the true one.
    const changed = second.replace(/"trials":100/, '"trials":99')
    writeFileSync(journalOf(out), [header, first, changed, ...rest, first.slice(0, 200)].join('\n'))
    const { exitCode, stderr } = shakedown([...asked, '--resume', '--out', out])
    expect(exitCode, stderr).toBe(1)
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(whole)
  })

  it('is not continued as another run', async () => {
    const out = place('other')
    await killedAfter(2, out)
    const refused = (...more: string[]): string => {
      const { exitCode, stderr } = shakedown([...asked, ...more, '--resume', '--out', out])
      expect(exitCode, stderr).toBe(2)
      return stderr.replaceAll(scratch.path, '')
    }
    expect(refused('--seed', '2')).toContain(
      'the run that was left in /other.work/journal.jsonl is another one: the seed (1 and 2) differs;',
    )
    expect(refused('--trials', '100')).toContain('--trials (430 and 100) differs')
    expect(refused('--shard', '1/2')).toContain('which part of it is run (the whole run and shard 1/2) differs')
    expect(refused('relations')).toContain('the scenario files (')
    // It is still there for whoever asks for the same.
    expect(workOf(out).length).toBeGreaterThanOrEqual(2)
  })

  it('is thrown away by a run that does not resume it, which says so', async () => {
    const out = place('anew')
    await killedAfter(1, out)
    appendFileSync(journalOf(out), 'anything')
    const { stderr } = shakedown([...asked, '--trials', '30', '--out', out])
    expect(stderr).toContain('A run that was ended before its report is thrown away; --resume would have continued it.')
    expect(existsSync(`${out}.work`)).toBe(false)
  })

  it('begins anew where there is nothing to resume', () => {
    const { exitCode, stderr } = shakedown([...asked, '--trials', '30', '--resume', '--out', place('nothing')])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`Nothing to resume in ${place('nothing')}: the run begins anew.`)
  })
})
