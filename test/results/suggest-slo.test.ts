import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/objectives/population.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import type { Results } from '../../src/results/results-schema.ts'
import { suggestSlo } from '../../src/results/suggest-slo.ts'
import { suggestionText } from '../../src/results/suggestion-words.ts'
import { summariseMeasure } from '../../src/results/summarise-measure.ts'
import { confidenceSequence } from '../../src/statistics/confidence-sequence.ts'
import { tasksOf } from '../objectives/_counts.ts'
import { everyState, scenarioOf } from '../report/_sample.ts'

function resultsOf(
  seed: number,
  solved: number,
  of: number,
  task = 'refund',
  reading: Reading = { population: 'these tasks', isSequential: false },
): Results {
  const byTask = { [task]: { solved, failed: of - solved, timedOut: 0, excluded: {} } }
  const strata = { refunds: tasksOf(solved, of, { byTask }) }
  const tally = { ...emptyMeasureTally, trials: of, countedTrials: of, strata }
  const condition = { name: 'without faults', faults: [], family: null, tally, causes: [] }
  const until = reading.isSequential ? { mostTrials: of } : {}
  const terms = { declaredTrials: of, objectives: [], declaration: null, strata: ['refunds'], reading, ...until }
  return { ...everyState, seed, scenarios: [scenarioOf('desk', { measure: summariseMeasure([condition], terms) })] }
}

describe('suggestSlo', () => {
  it('suggests what the pooled evidence supports, and says from where on it would be missed', () => {
    const { runs, targets } = suggestSlo([resultsOf(1, 480, 500), resultsOf(2, 470, 500)])
    const [success] = targets
    expect(runs).toBe(2)
    // 950 of 1,000: the exact interval is 93.46 to 96.27 %.
    expect(success).toMatchObject({ metric: 'task_success', target: 0.934, seen: { count: 950, of: 1_000 } })
    expect(success?.missedAbove).toBeCloseTo(0.96267, 4)
  })

  it('never suggests a target above what was seen', () => {
    for (const solved of [0, 1, 250, 499, 500]) {
      for (const { target, seen } of suggestSlo([resultsOf(1, solved, 500)]).targets) {
        expect(target).toBeLessThanOrEqual(seen.rate ?? 0)
      }
    }
  })

  it('counts trials of one seed once', () => {
    const suggestion = suggestSlo([resultsOf(1, 400, 500), resultsOf(1, 480, 500)])
    expect(suggestion).toMatchObject({ runs: 1, repeated: 1 })
    expect(suggestion.targets[0]?.seen).toMatchObject({ count: 480, of: 500 })
  })

  it('claims less of runs that stopped when everything was decided, and for tasks like these', () => {
    const targetOf = (reading: Reading) =>
      suggestSlo([resultsOf(1, 480, 500, 'refund', reading)]).targets.find(({ metric }) => metric === 'task_success')
    expect(targetOf({ population: 'these tasks', isSequential: false })).toMatchObject({ target: 0.938 })
    expect(targetOf({ population: 'these tasks', isSequential: true })).toMatchObject({
      target: Math.floor(confidenceSequence(480, 500)[0] * 1_000) / 1_000,
      seen: { basis: 'any time' },
    })
    // A single task is one observation.
    expect(targetOf({ population: 'tasks like these', isSequential: false })?.target).toBeLessThan(0.1)
    const fixed = resultsOf(2, 480, 500)
    const stopped = resultsOf(1, 480, 500, 'refund', { population: 'these tasks', isSequential: true })
    expect(suggestSlo([fixed, stopped]).targets[0]?.seen.basis).toBe('any time')
  })

  it('refuses results that speak of other populations', () => {
    const alike = resultsOf(1, 480, 500, 'refund', { population: 'tasks like these', isSequential: false })
    expect(() => suggestSlo([alike, resultsOf(2, 480, 500)])).toThrow(
      /scenario "desk" speak of different populations \("tasks like these" and "these tasks"\)/,
    )
  })

  it('refuses results of a task that changed under its name, or of another grader', () => {
    const fingerprint = (task: string, grader: string) => ({
      ...{ tasks: [{ id: 'refund', hash: task.repeat(16) }], graders: [grader.repeat(16)] },
      ...{ prompts: null, tools: [], conditions: [] },
    })
    const withPrint = (seed: number, task: string, grader: string): Results => {
      const results = resultsOf(seed, 480, 500)
      const scenarios = results.scenarios.map((one) => ({ ...one, fingerprint: fingerprint(task, grader) }))
      return { ...results, scenarios }
    }
    const first = withPrint(1, 'a', 'b')
    expect(suggestSlo([first, withPrint(2, 'a', 'b')]).runs).toBe(2)
    expect(() => suggestSlo([first, withPrint(2, 'c', 'b')])).toThrow(
      /"desk" are of tasks that changed.*task "refund" changed/,
    )
    expect(() => suggestSlo([first, withPrint(2, 'a', 'd')])).toThrow(/grader of task "refund" changed/)
  })

  it('refuses results of different tasks, and results without a measure', () => {
    expect(() => suggestSlo([resultsOf(1, 1, 2), resultsOf(2, 1, 2, 'return')])).toThrow(
      /scenario "desk" are of different tasks \("refund" and "return"\)/,
    )
    expect(() => suggestSlo([{ ...everyState, scenarios: [scenarioOf('plain')] }])).toThrow(
      /no scenario .* was measured/,
    )
  })

  it('is told in words with its reasons', () => {
    const text = suggestionText(suggestSlo([resultsOf(1, 480, 500), resultsOf(1, 480, 500)]))
    expect(text).toContain(
      'Targets that the evidence supports, from 1 run; 1 left out, having run the same trials as another:',
    )
    expect(text).toContain('- desk, without faults: task_success at least 93.8 %; these runs would miss any above 97.5')
    expect(text).toContain('tool calls per task at most 2 on average')
  })
})
