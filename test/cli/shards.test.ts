import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ShakedownError } from '../../src/contract/errors.ts'
import { parseRunFlags } from '../../src/cli/flags.ts'
import { readShards } from '../../src/cli/read-shards.ts'
import { mergeShards } from '../../src/runner/shards/merge-shards.ts'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 })

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
const execute = promisify(execFile)

/** Runs the command line beside others, and is refused where it fails. */
async function started(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return execute(process.execPath, [...flags, main, ...args], { maxBuffer: 64 * 1024 * 1024 })
}

const config = ['--config', fixture('parts')]
const asked = ['--trials', '230', ...config]
const parts = [1, 2, 3, 4]

function bytesOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

describe('a run in four shards', () => {
  const scratch = scratchFolder()
  const place = (name: string): string => join(scratch.path, name)
  const shards = parts.map((part) => place(`shard-${part}`))

  beforeAll(async () => {
    await Promise.all(
      parts.map((part) =>
        started('run', ...asked, '--shard', `${part}/4`, '--workers', '1', '--out', place(`shard-${part}`)),
      ),
    )
  })
  afterAll(() => scratch[Symbol.dispose]())

  it('gives, merged in any order, the bytes of the same run in one piece', () => {
    const whole = shakedown(['run', ...asked, '--out', place('whole')])
    const merged = shakedown(['merge', ...shards.toReversed(), '--workers', '2', '--out', place('merged'), ...config])
    expect(whole.exitCode, whole.stderr).toBe(1)
    expect(merged.exitCode, merged.stderr).toBe(1)
    expect(bytesOf(place('merged'), 'results.json')).toBe(bytesOf(place('whole'), 'results.json'))
    // Without what is of the machine and the hour, everything else is a rendering of the same bytes.
    const renderings = ['merged', 'whole'].map((name) => {
      mkdirSync(place(`${name}-alone`))
      cpSync(join(place(name), 'results.json'), join(place(`${name}-alone`), 'results.json'))
      shakedown(['report', join(place(`${name}-alone`), 'results.json')])
      return place(`${name}-alone`)
    })
    const [one = '', other = ''] = renderings
    expect(readdirSync(one)).toContain('index.html')
    for (const file of readdirSync(one)) expect(bytesOf(one, file), file).toBe(bytesOf(other, file))
    // The merge has run no block of a search again: it knows of the process that a shard lost.
    const { replacedWorkers } = JSON.parse(bytesOf(place('merged'), 'environment.json'))
    expect(replacedWorkers.length).toBeGreaterThan(0)
  })

  it('shares the blocks out: each is run once, and none of them by all', () => {
    const blocks = shards.map((folder) => {
      const { work } = JSON.parse(bytesOf(folder, 'shard.json')) as {
        work: { job: string; of: object; reply?: object }[]
      }
      return work.filter(({ job, reply }) => job === 'block' && reply).map(({ of }) => JSON.stringify(of))
    })
    // Six scenarios with three blocks each.
    expect(blocks.flat()).toHaveLength(18)
    expect(new Set(blocks.flat()).size).toBe(18)
    for (const own of blocks) expect(own.length).toBeLessThan(18)
    expect(existsSync(`${shards[0]}.work`)).toBe(false)
  })

  /** The sentence with which shards are refused. */
  function refusal(...places: string[]): string {
    try {
      mergeShards(readShards(places))
    } catch (error) {
      expect(ShakedownError.is(error) && error.kind).toBe('usage')
      return String(error).replaceAll(scratch.path, '')
    }
    return 'not refused'
  }

  /** A shard with something changed. */
  function changed(name: string, change: (shard: { run: Record<string, unknown> } & Record<string, unknown>) => void) {
    const shard = JSON.parse(bytesOf(shards[1] ?? '', 'shard.json'))
    change(shard)
    writeFileSync(place(name), JSON.stringify(shard))
    return place(name)
  }

  const [one = '', two = '', three = '', four = ''] = shards

  it('names a shard that is missing, and one that is there twice', () => {
    const { exitCode, stderr } = shakedown(['merge', one, two, four, '--out', place('refused'), ...config])
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      'shakedown: shard 3 of 4 is missing; run it with --shard 3/4 and merge again with all of them.\n',
    )
    expect(existsSync(place('refused'))).toBe(false)
    expect(refusal(one, two, three, four, two)).toBe(
      'ShakedownError: shard 2 of 4 is there twice, as /shard-2/shard.json and as /shard-2/shard.json; leave one of them out.',
    )
  })

  it('names a shard of another run, and how it is another one', () => {
    const seed = changed('seed.json', ({ run }) => (run['seed'] = 2))
    expect(refusal(one, seed, three, four)).toContain(
      '/shard-1/shard.json and /seed.json are of different runs: the seed (1 and 2) differs;',
    )
    const config = changed('config.json', ({ run }) => (run['config'] = '0'.repeat(64)))
    expect(refusal(one, config, three, four)).toContain('the configuration differs')
    const version = changed('version.json', ({ run }) => (run['shakedown'] = '0.0.1'))
    expect(refusal(one, version, three, four)).toMatch(/the version of Shakedown \(\S+ and 0\.0\.1\) differs/)
    const count = changed('count.json', (shard) => (shard['of'] = 5))
    expect(refusal(one, count, three, four)).toContain('the number of shards (4 and 5) differs')
    const content = changed('content.json', ({ run }) => {
      const [scenario] = run['scenarios'] as { digest: string }[]
      if (scenario) scenario.digest = '0'.repeat(64)
    })
    expect(refusal(one, content, three, four)).toContain('support-agent.scenario.ts or of what it imports differs')
  })

  it('names a block that two shards bring, and a file that is no shard', () => {
    const { work } = JSON.parse(bytesOf(one, 'shard.json'))
    const doubled = changed('doubled.json', (shard) => (shard['work'] = work))
    expect(refusal(one, doubled, three, four)).toMatch(/both bring the same block of \S+\.scenario\.ts/)
    expect(refusal(one, place('nowhere'), three, four)).toContain('there is no file /nowhere;')
    const torn = join(scratch.path, 'torn.json')
    writeFileSync(torn, bytesOf(two, 'shard.json').slice(0, 5_000))
    expect(refusal(one, torn, three, four)).toContain('/torn.json: not JSON')
  })

  it('is not merged in a project of another state', () => {
    const shards = parts.map((part) => {
      const shard = JSON.parse(bytesOf(place(`shard-${part}`), 'shard.json'))
      shard.run.scenarios[1].digest = '0'.repeat(64)
      writeFileSync(place(`foreign-${part}.json`), JSON.stringify(shard))
      return place(`foreign-${part}.json`)
    })
    const { exitCode, stderr } = shakedown(['merge', ...shards, '--out', place('refused'), ...config])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('the shards are of another state of this project: the content of ')
  })
})

describe('the flag --shard', () => {
  it.each(['0/4', '5/4', '2', '2/', 'a/b', '1/9999'])('refuses %s', (value) => {
    expect(() => parseRunFlags({ shard: value })).toThrow(/^flags of `shakedown run`: expected .* at "shard"/)
  })

  it('goes with nothing that needs results', () => {
    const refused = /a part of a run has no results to print or to compare/
    for (const flag of [{ json: true }, { updateBaseline: true }, { baseline: 'earlier.json' }]) {
      expect(() => parseRunFlags({ shard: '1/2', ...flag })).toThrow(refused)
    }
  })
})
