import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

/** What each hostile agent does, the property that must say so, and the words it must use. */
const hostile = [
  { file: 'blocks.scenario', property: 'L1', words: /blocked the event loop/, end: 'blocked' },
  { file: 'blocks-in-promises', property: 'L1', words: /blocked the event loop/, end: 'blocked' },
  { file: 'exits', property: 'L1', words: /called process\.exit/, end: 'exited' },
  { file: 'dies', property: 'L1', words: /process died/, end: 'died' },
  { file: 'throws', property: 'L2', words: /the agent threw string "out of credit"/, end: 'finished' },
  { file: 'rejects', property: 'L1', words: /uncaught Error: forgotten/, end: 'crashed' },
  { file: 'waits', property: 'L1', words: /stalled/, end: 'stalled' },
] as const

/** The stack of code that blocks is kept, and apart from the results, which are the same everywhere. */
function expectStackApart(folder: string): void {
  const environment = JSON.parse(readFileSync(join(folder, 'environment.json'), 'utf8'))
  expect(environment.replacedWorkers[0].stack).toContain('blocks.scenario.ts')
  expect(readFileSync(join(folder, 'results.json'), 'utf8')).not.toContain('blocks.scenario.ts:')
}

describe('an agent that misbehaves costs its own trial, not the run', () => {
  it.each(hostile)(
    '$file: $property is violated and the run ends with its report',
    ({ file, property, words, end }) => {
      using folder = scratchFolder()
      const { exitCode, stderr } = shakedown(['run', file, '--config', fixture('hostile'), '--out', folder.path])
      expect(exitCode, stderr).toBe(1)
      const [scenario] = resultsIn(folder.path).scenarios
      const finding = scenario?.findings.find((one) => one.property === property)
      expect(finding?.witness.sentence).toMatch(words)
      expect(scenario?.search?.tally.ends[end]).toBeGreaterThanOrEqual(1)
      expect(scenario?.search?.tally.ends['finished']).toBeGreaterThanOrEqual(20)
      expect(scenario?.search?.tally.problems).toEqual([])
      expect(readFileSync(join(folder.path, 'index.html'), 'utf8')).toContain(property)
      if (file === 'blocks.scenario') expectStackApart(folder.path)
    },
  )

  it('reports timers that an agent leaves behind, which reach nothing afterwards', () => {
    using folder = scratchFolder()
    const { exitCode, stderr } = shakedown(['run', 'leaks', '--config', fixture('hostile'), '--out', folder.path])
    expect(exitCode, stderr).toBe(0)
    const tally = resultsIn(folder.path).scenarios[0]?.search?.tally
    expect(Object.keys(tally?.leftovers ?? {})).toEqual(['interval', 'timer'])
    expect(tally?.problems).toEqual([])
  })

  it.each(['blocks', 'dies'])('leaves no file of its stores behind where its process %s', (misdeed) => {
    using folder = scratchFolder()
    const note = join(folder.path, 'files')
    const { stderr } = shakedown(
      ['run', 'leaves-a-store', '--config', fixture('hostile'), '--out', join(folder.path, 'out')],
      { env: { FILES_OF_STORES: note, MISDEED: misdeed } },
    )
    const ends = resultsIn(join(folder.path, 'out')).scenarios[0]?.search?.tally.ends
    expect((ends?.blocked ?? 0) + (ends?.died ?? 0), stderr).toBeGreaterThanOrEqual(1)
    const files = readFileSync(note, 'utf8').trim().split('\n')
    expect(files.length).toBeGreaterThan(20)
    // Neither the files nor the folders in which they were.
    const left = files.flatMap((file) => [file, dirname(file), dirname(dirname(file))]).filter((one) => existsSync(one))
    expect(left).toEqual([])
  })
})
