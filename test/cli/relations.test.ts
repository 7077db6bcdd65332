import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

const run = (scenario: string, folder: string, ...more: string[]) =>
  shakedown(['run', scenario, '--config', fixture('relations'), '--out', folder, ...more])

describe('properties that no single run decides', () => {
  it('hold where the observations of all trials and every second run agree with them', () => {
    using folder = scratchFolder()
    const { exitCode } = run('lenient', folder.path)
    const search = resultsIn(folder.path).scenarios[0]?.search
    expect(exitCode).toBe(0)
    expect(search?.properties.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['X1', 'holds'],
      ['X2', 'holds'],
    ])
    expect(search?.properties[0]?.conclusion).toMatch(/^\d+ of 200 tasks ended without an answer$/)
    expect(search?.tally.triggers).toEqual({ X1: 200, X2: 20 })
  })

  it('fail the gate, the statistical one in words, the metamorphic one with a finding that replays, on one worker as on two', () => {
    using folder = scratchFolder()
    using other = scratchFolder()
    const { exitCode } = run('strict', folder.path, '--workers', '1')
    const results = resultsIn(folder.path)
    const { verdict, scenarios } = results
    expect(exitCode).toBe(1)
    expect(verdict.reasons).toContainEqual(
      expect.stringMatching(/: X1 \(example.answer_rate\) is violated over all trials: \d+ of 200 tasks ended/),
    )
    const [finding] = scenarios[0]?.findings ?? []
    expect(finding).toMatchObject({ property: 'X2', witness: { sentence: expect.stringContaining('the agent made') } })
    const replayed = shakedown(['replay', finding?.token ?? '', '--config', fixture('relations'), '--json'])
    expect(JSON.parse(replayed.stdout)).toMatchObject({ isSameTrace: true, witness: finding?.witness })
    run('strict', other.path, '--workers', '2')
    expect(resultsIn(other.path)).toEqual(results)
  })

  it('can be accepted, both of them', () => {
    using folder = scratchFolder()
    expect(run('accepted', folder.path).exitCode).toBe(0)
    const [scenario] = resultsIn(folder.path).scenarios
    expect(scenario?.unusedAcceptances).toEqual([])
    expect(scenario?.search?.properties[0]).toMatchObject({
      id: 'X1',
      verdict: 'violated',
      accepted: { property: 'X1' },
    })
  })
})
