import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

describe('a scenario that is itself at fault', () => {
  it('ends the run with its sentence and exit code 2, while other workers are still busy', () => {
    using folder = scratchFolder()
    const args = ['run', 'exhausted', '--workers', '2', '--config', fixture('broken'), '--out', folder.path]
    const { exitCode, stderr } = shakedown(args)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^shakedown: the script of model "openai" has 1 reply and was asked for one more; .+\.$/m)
  })

  it('fails for its run without faults where the agent blocks on a good day', () => {
    using folder = scratchFolder()
    const { exitCode } = shakedown(['run', 'blocks-always', '--config', fixture('broken'), '--out', folder.path])
    expect(exitCode).toBe(1)
    const [scenario] = resultsIn(folder.path).scenarios
    expect(scenario?.search).toBeNull()
    expect(scenario?.faultFree.failures).toEqual([
      'task 1 of 1: the event loop was blocked and the process had to be replaced, without any fault',
    ])
  })

  it('keeps the plan as it was found where the agent blocks under each smaller one', () => {
    using folder = scratchFolder()
    const args = ['run', 'blocks-while-shrinking', '--config', fixture('broken'), '--out', folder.path]
    const { exitCode, stderr } = shakedown(args)
    expect(exitCode, stderr).toBe(1)
    const [scenario] = resultsIn(folder.path).scenarios
    expect(scenario?.search?.tally.problems).toEqual([])
    const finding = scenario?.findings.find(({ property }) => property === 'L2')
    expect(finding?.witness.sentence).toContain('the agent threw Error: no model')
    expect(finding?.plan.faults).toHaveLength(2)
    expect(finding?.shrinkTrials).toBe(0)
  })
})
