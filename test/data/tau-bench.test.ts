import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type AccuracyDeclaration, judgeRecordedRuns, readTauBenchRuns } from 'shakedown'
import { describe, expect, it } from 'vitest'
import { declarationOf } from '../objectives/_counts.ts'

const file = join(process.env['SHAKEDOWN_DATA'] ?? '', 'tau-bench/gpt-4o-airline.json')
const runs = readTauBenchRuns(JSON.parse(readFileSync(file, 'utf8')), file)

const declares = (value: number): AccuracyDeclaration => declarationOf({ values: [{ metric: 'task_success', value }] })

describe('the 200 runs of gpt-4o that tau-bench published for its airline', () => {
  it('are 50 tasks with four trials each, all of them counted', () => {
    expect(runs).toMatchObject({ records: 200, leftOut: [] })
    const repeats = Object.values(runs.byTask).map(({ solved, failed, excluded }) => [solved + failed, excluded])
    expect(repeats).toEqual(Array(50).fill([4, {}]))
  })

  it('have the pass^1 to pass^4 of their authors, each within its clustered interval', () => {
    const { consistency } = judgeRecordedRuns(runs, { repeats: [1, 2, 3, 4] })
    const every = consistency?.repeats.map((each) => each.every) ?? []
    expect(every.map(({ value }) => value.toFixed(3))).toEqual(['0.420', '0.273', '0.220', '0.200'])
    for (const { value, interval } of every) {
      expect(interval[0]).toBeLessThan(value)
      expect(interval[1]).toBeGreaterThan(value)
    }
  })

  it('are worth fewer trials than they are, because the trials of one task agree', () => {
    const { taskSuccess } = judgeRecordedRuns(runs).consistency ?? {}
    expect(taskSuccess?.standardError).toBeCloseTo(0.051751, 6)
    expect(taskSuccess?.designEffect).toBeCloseTo(2.19, 2)
    expect(taskSuccess?.worth).toBeLessThan(100)
  })

  it('leave a declared 0.45 inconclusive, and what is far off is decided', () => {
    const verdictOn = (value: number) =>
      judgeRecordedRuns(runs, { declaration: declares(value) }).declaration?.checks.map(({ verdict }) => verdict)
    expect([0.3, 0.45, 0.6].map(verdictOn)).toEqual([['upheld'], ['inconclusive'], ['refuted']])
  })

  it('would refute 0.5 if trials of one task told as much as those of different tasks, and do not', () => {
    const verdictFor = (population: 'these tasks' | 'tasks like these') =>
      judgeRecordedRuns(runs, { population, declaration: declares(0.5) }).declaration?.checks[0]?.verdict
    expect(verdictFor('these tasks')).toBe('refuted')
    expect(verdictFor('tasks like these')).toBe('inconclusive')
  })
})
