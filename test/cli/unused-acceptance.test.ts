import { expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

it('is told after all trials that the scenario asks for, and not where a shorter search may have missed the finding', () => {
  using folder = scratchFolder()
  const run = (...trials: readonly string[]) => {
    const config = ['--config', fixture('vacuous'), '--vacuous', 'allow', '--workers', '1', '--out', folder.path]
    const { exitCode, stdout } = shakedown(['run', 'careful', ...config, ...trials])
    expect(exitCode).toBe(0)
    return { stdout, unused: resultsIn(folder.path).scenarios[0]?.unusedAcceptances.map(({ property }) => property) }
  }
  const complete = run()
  // The scenario is not judged by L9: no search would ever use that one.
  const foreign = 'acceptance of L9, by which the scenario is not judged: remove it, or correct the ID'
  expect(complete.unused).toEqual(['X1', 'L9'])
  expect(complete.stdout).toContain('acceptance of X1 that nothing used: remove it')
  expect(complete.stdout).toContain(foreign)
  const shorter = run('--trials', '19')
  expect(shorter.unused).toEqual(['L9'])
  expect(shorter.stdout).not.toContain('that nothing used')
  expect(shorter.stdout).toContain(foreign)
})
