import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pruneCache, readCached, writeCached } from '../../src/runner/cache/cache-folder.ts'
import { checkedLine } from '../../src/runner/kept-work/checked-line.ts'
import type { KeptWork } from '../../src/runner/kept-work/kept-work.ts'
import { type Finished, fixture, scratchFolder, shakedown } from './_shakedown.ts'

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const project = join(scratch.path, 'project')
const cache = join(project, 'node_modules/.cache/shakedown')
const file = (name: string): string => join(project, name)
const results = (out: string): string => readFileSync(join(scratch.path, out, 'results.json'), 'utf8')
const entries = (): string[] => readdirSync(cache).toSorted()

function run(out: string, ...flags: string[]): Finished {
  const given = [
    'run',
    'a-steady',
    'b-rarely',
    '--trials',
    '120',
    '--config',
    file('harness.config.ts'),
    '--out',
    join(scratch.path, out),
  ]
  return shakedown([...given, ...flags])
}

/** A file that the agent goes by, and that no module of it is. */
const noted = join(project, 'noted.txt')

describe('run --cache', () => {
  let uncached = ''
  beforeAll(() => {
    mkdirSync(project, { recursive: true })
    cpSync(dirname(fixture('several')), project, { recursive: true })
    writeFileSync(file('package.json'), '{}')
    run('uncached')
    uncached = results('uncached')
  })

  it('runs what is in no cache, keeps it, and takes it from there the next time: the same bytes', () => {
    const first = run('first', '--cache')
    expect(first.stderr).toContain('Work on 0 of 2 scenarios is taken from the cache.\n')
    expect(first.exitCode).toBe(1)
    const second = run('second', '--cache')
    expect(second.stderr).toContain('Work on 2 of 2 scenarios is taken from the cache.\n')
    expect(second.exitCode).toBe(1)
    expect([results('first'), results('second')]).toEqual([uncached, uncached])
    expect(entries()).toHaveLength(2)
  })

  it('does not run what is there: what stands in the cache stands in the results', () => {
    for (const name of entries()) {
      const lines = readFileSync(join(cache, name), 'utf8').split('\n').slice(0, -1)
      const works = lines.map((line) =>
        line.slice(line.indexOf(' ') + 1).replaceAll('the agent threw', 'the cache says'),
      )
      writeFileSync(join(cache, name), works.map((work) => checkedLine(JSON.parse(work))).join(''))
    }
    run('from the cache', '--cache')
    expect(uncached).toContain('the agent threw')
    expect(results('from the cache')).toBe(uncached.replaceAll('the agent threw', 'the cache says'))
    rmSync(cache, { recursive: true })
    run('anew', '--cache')
    expect(results('anew')).toBe(uncached)
  })

  it('runs again what a change touches, and nothing else', () => {
    appendFileSync(file('a-steady.scenario.ts'), '\n// changed\n')
    expect(run('changed', '--cache').stderr).toContain('Work on 1 of 2 scenarios is taken from the cache.\n')
    expect(results('changed')).toBe(uncached)
  })

  it('runs the trials that are new where more of them are asked for', () => {
    const { stderr } = run('more', '--cache', '--trials', '230')
    expect(stderr).toContain('Work on 2 of 2 scenarios is taken from the cache.\n')
    run('more, uncached', '--trials', '230')
    expect(results('more')).toBe(results('more, uncached'))
  })

  it('does the work of a line that was torn or changed anew', () => {
    for (const name of entries()) {
      const lines = readFileSync(join(cache, name), 'utf8').split('\n')
      writeFileSync(
        join(cache, name),
        [lines[0], lines[1]?.replace('"trials":', '"trials" :'), lines[2]?.slice(0, -5)].join('\n'),
      )
    }
    expect(run('torn', '--cache').exitCode).toBe(1)
    expect(results('torn')).toBe(uncached)
  })

  it('finds out that an agent goes by something that is in none of its modules', () => {
    const config = readFileSync(file('harness.config.ts'), 'utf8')
    writeFileSync(noted, 'one')
    writeFileSync(
      file('desk-scenario.ts'),
      readFileSync(file('desk-scenario.ts'), 'utf8')
        .replace(/^/, "import { readFileSync } from 'node:fs'\n")
        .replace(
          "fetch('https://orders.test/orders/A-1'",
          'fetch(`https://orders.test/orders/${readFileSync(' + JSON.stringify(noted) + ", 'utf8')}`",
        ),
    )
    expect(run('reads', '--cache').stderr).toMatch(
      /a-steady\.scenario\.ts is not cached: desk-scenario\.ts imports node:fs, and the configuration does not name what it reads as inputs\./,
    )
    writeFileSync(file('harness.config.ts'), config.replace("vacuous: 'allow'", "vacuous: 'allow', inputs: []"))
    run('named', '--cache')
    writeFileSync(noted, 'two')
    const { stderr } = run('read', '--cache')
    expect(stderr).toContain(
      'a-steady.scenario.ts does something else than what is cached of it, although nothing it is made of has changed: it is run anew.',
    )
    expect(stderr).toContain('Work on 0 of 2 scenarios')
    run('read, uncached')
    expect(results('read')).toBe(results('read, uncached'))
  })

  it('is no reason for a run to fail where its folder cannot be written', () => {
    rmSync(cache, { recursive: true })
    writeFileSync(cache, 'a file, and no folder')
    const { exitCode, stderr } = run('no folder', '--cache')
    expect(stderr).toContain('Nothing more is kept in the cache: Error: EEXIST')
    expect(exitCode).toBe(1)
  })

  it('keeps nothing of an agent that keeps state between its trials', () => {
    const leaky = fixture('leaky')
    const out = join(scratch.path, 'leaky report')
    const { exitCode } = shakedown(['run', 'state-leak', '--cache', '--config', leaky, '--out', out])
    expect(exitCode).toBe(4)
    expect(readdirSync(dirname(leaky))).not.toContain('node_modules')
  })
})

describe('the folder of the cache', () => {
  it('is kept within its size, and loses what was not used for longest', () => {
    const folder = join(scratch.path, 'bounded')
    const work: KeptWork = {
      job: 'measure',
      of: { file: 'a', condition: 'c', block: 0, trials: 1, lost: [], quarantined: [] },
      loss: { trial: 0, how: 'died', explanation: 'x'.repeat(1_000) },
    }
    for (const key of ['a', 'b', 'c']) writeCached(folder, key, [work])
    expect(readCached(folder, 'a')).toEqual([work])
    pruneCache(folder, 10_000)
    expect(readdirSync(folder)).toHaveLength(3)
    pruneCache(folder, 2_000)
    expect(readdirSync(folder)).toHaveLength(1)
    pruneCache(folder, 0)
    expect(readdirSync(folder)).toEqual([])
    expect(readCached(folder, 'a')).toEqual([])
  })
})
