import { describe, expect, it, vi } from 'vitest'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

function run(gates: string) {
  using folder = scratchFolder()
  const args = ['run', 'gated', '--config', fixture('compared'), '--out', folder.path]
  const { exitCode, stdout } = shakedown(args, { env: { DESK_GATES: gates } })
  return { exitCode, text: stdout.replaceAll(/\s+/g, ' '), measure: resultsIn(folder.path).scenarios[0]?.measure }
}

describe('a run of an agent whose first of five tasks fails half the time', () => {
  it('passes a gate on the mean, which hides the task', () => {
    expect(run('mean').exitCode).toBe(0)
  })

  it('fails a gate on each task, and names it', () => {
    const { exitCode, text } = run('each')
    expect(exitCode).toBe(1)
    expect(text).toMatch(
      /each task solved in at least 80 % of its repeats under tool failures: fails for "task 0" \(\d+ of 200\), kept by 4 tasks/,
    )
  })

  it.each([
    ['eight', 'each task solved in at least 8 of 10 repeats under tool failures: fails for "task 0"'],
    ['row', 'each task solved 4 times in a row with a chance of at least 50 % under tool failures: fails for "task 0"'],
  ])('fails the gate %s', (gates, sentence) => {
    const { exitCode, text } = run(gates)
    expect(exitCode).toBe(1)
    expect(text).toContain(sentence)
  })

  it('warns of a score that is below and passes, where a gate fails', () => {
    const { exitCode, text, measure } = run('score')
    expect(exitCode).toBe(0)
    expect(text).toContain('warning, not gating: task success of at least 99 % under tool failures')
    expect(text).toContain('scores, not gating: 1 good')
    expect(measure?.scores.map(({ state }) => state)).toEqual(['good', 'below'])
    expect(run('gate').exitCode).toBe(1)
  })
})
