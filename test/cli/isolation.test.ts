import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

describe('trials that depend on more than their seed and index', () => {
  it.each([
    { file: 'state-leak', kind: 'state leak', remedy: /move that state into the factory/ },
    { file: 'nondeterminism', kind: 'nondeterminism', remedy: /docs\/virtual-world\.md/ },
  ])('are reported as $kind, exit 4', ({ file, kind, remedy }) => {
    using folder = scratchFolder()
    const { exitCode, stdout } = shakedown(['run', file, '--config', fixture('leaky'), '--out', folder.path])
    expect(exitCode).toBe(4)
    expect(stdout).toContain(kind)
    const problems = resultsIn(folder.path).scenarios[0]?.search?.tally.problems ?? []
    expect(problems.map((problem) => problem.kind)).toEqual([kind])
    expect(problems[0]?.sentence).toMatch(remedy)
  })
})
