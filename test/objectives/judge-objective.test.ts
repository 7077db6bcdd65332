import { describe, expect, it } from 'vitest'
import { judgeObjective } from '../../src/objectives/judge-objective.ts'
import { objectives } from '../../src/objectives/objectives.ts'
import { conditionOf, tasksOf } from './_counts.ts'

const good = conditionOf(tasksOf(990, 1_000))

function latencyOf(within: number, beyond: number, unfinished = 0) {
  const of = within + beyond + unfinished
  return conditionOf(tasksOf(of, of, { latencyMs: { 1_000: within, 9_000: beyond }, unfinished }))
}

describe('judgeObjective', () => {
  it.each([
    [0.95, 'met'],
    [0.99, 'inconclusive'],
    [0.999, 'missed'],
  ])('judges a task success of %d by the interval', (level, verdict) => {
    expect(judgeObjective(objectives.taskSuccess(level), good).verdict).toBe(verdict)
  })

  it.each([
    [0.1, 'met'],
    [0.05, 'inconclusive'],
    [0.01, 'missed'],
  ])('judges a timeout rate of at most %d by the interval', (atMost, verdict) => {
    const slow = conditionOf(tasksOf(950, 1_000, { timedOut: 50 }))
    expect(judgeObjective(objectives.timeoutRate({ atMost }), slow).verdict).toBe(verdict)
  })

  it('judges the detection of violations by the trials that were attacked', () => {
    const attacked = conditionOf(tasksOf(0, 1_000), { attacked: { caught: 300, missed: 0 } })
    expect(judgeObjective(objectives.violationDetection(0.95), attacked).verdict).toBe('met')
    expect(judgeObjective(objectives.violationDetection(0.999), attacked).verdict).toBe('inconclusive')
    expect(judgeObjective(objectives.violationDetection(0.95), good).verdict).toBe('inconclusive')
  })

  it('judges the 99th percentile by the share of tasks within it', () => {
    const objective = objectives.latency({ p99Ms: 5_000 })
    expect(judgeObjective(objective, latencyOf(1_000, 0)).verdict).toBe('met')
    // 367 tasks in time are the fewest that prove 99 % at 95 % two-sided.
    expect(judgeObjective(objective, latencyOf(368, 0)).verdict).toBe('met')
    expect(judgeObjective(objective, latencyOf(366, 0)).verdict).toBe('inconclusive')
    expect(judgeObjective(objective, latencyOf(900, 100)).verdict).toBe('missed')
  })

  it('counts a task that never ended as later than any limit', () => {
    expect(judgeObjective(objectives.latency({ p99Ms: 5_000 }), latencyOf(900, 0, 100)).verdict).toBe('missed')
  })

  it('judges tool calls per task by the interval of the mean', () => {
    const busy = conditionOf(tasksOf(400, 400, { toolCalls: { 2: 200, 4: 200 } }))
    expect(judgeObjective(objectives.toolCallsPerTask({ atMost: 3.2 }), busy).verdict).toBe('met')
    expect(judgeObjective(objectives.toolCallsPerTask({ atMost: 3 }), busy).verdict).toBe('inconclusive')
    expect(judgeObjective(objectives.toolCallsPerTask({ atMost: 2.8 }), busy).verdict).toBe('missed')
  })

  it('says nothing of a mean with fewer than a hundred tasks', () => {
    expect(judgeObjective(objectives.toolCallsPerTask({ atMost: 9 }), conditionOf(tasksOf(99, 99)))).toMatchObject({
      verdict: 'inconclusive',
      mean: { mean: 2, interval: null },
    })
  })
})

describe('objectives', () => {
  it('refuse a level that is none', () => {
    expect(() => objectives.taskSuccess(95)).toThrow(
      /^objective "task success": .* at "atLeast", found 95; give a share/,
    )
    expect(() => objectives.latency({ p99Ms: 0.5 })).toThrow(/found 0\.5/)
  })

  it('hold under the condition that they name', () => {
    expect(objectives.taskSuccess(0.9, { under: 'latency' })).toMatchObject({ under: 'latency' })
    expect(objectives.latency({ p99Ms: 5, under: 'latency' })).toMatchObject({ under: 'latency' })
  })
})
