import { describe, expect, it } from 'vitest'
import { objectiveGroups, whereSeen } from '../../../src/report/html/objective-groups.ts'
import { objectiveViews } from '../../../src/report/html/objective-view.ts'
import type { MeasureResult, ObjectiveResult } from '../../../src/results/measure-schema.ts'
import { conditionOf, everyMeasure, measuresOf } from '../_measures.ts'

const conditions = ['without faults', 'tool failures', 'policy attacks'] as const

/** A measure in which so many tasks of 2,000 are solved, with so many tool calls, under each of three conditions. */
function measureOf(
  objective: ObjectiveResult['objective'],
  seen: readonly { readonly solved: number; readonly calls: number; readonly verdict: ObjectiveResult['verdict'] }[],
): MeasureResult {
  const toolCalls = (mean: number) => ({ mean, interval: null, max: 9 })
  return {
    ...everyMeasure,
    conditions: seen.map(({ solved, calls }, index) =>
      conditionOf(conditions[index] ?? '', measuresOf(solved, { toolCalls: toolCalls(calls) })),
    ),
    budgets: [],
    repeatGates: [],
    objectives: seen.map(({ verdict, solved }, index) => ({
      ...{ objective, verdict, condition: conditions[index] ?? '', isQuarantined: false },
      sentence: `task success of at least 95 % ${index === 0 ? 'without faults' : `under ${conditions[index]}`}: ${solved} of 2,000 tasks, so it is ${verdict}`,
    })),
  }
}

const success = { measure: 'task success', atLeast: 0.95, under: null } as const
const calls = { measure: 'tool calls per task', atMost: 3, under: null } as const

describe('the objectives of a measure, each once', () => {
  it('put the worst condition first: the missed one, then the undecided one', () => {
    const measure = measureOf(success, [
      { solved: 1_990, calls: 1, verdict: 'met' },
      { solved: 1_900, calls: 1, verdict: 'inconclusive' },
      { solved: 1_600, calls: 1, verdict: 'missed' },
    ])
    const [group] = objectiveGroups(measure, 2)
    expect(group?.anchor).toBe('scenario-3-objective-1')
    expect(group?.rows.map(({ condition, word }) => `${word} ${condition}`)).toEqual([
      ...['missed under policy attacks', 'inconclusive under tool failures', 'met without faults'],
    ])
    expect(objectiveViews(measure, 2)).toMatchObject([
      { word: 'missed', gist: '80.00 % under policy attacks, the worst of 3 conditions', isOpen: true },
    ])
  })

  it('put the condition with the largest amount first where less is better', () => {
    const each = (mean: number) => ({ solved: 2_000, calls: mean, verdict: 'met' as const })
    const [group] = objectiveGroups(measureOf(calls, [each(1.5), each(2.5), each(2)]), 0)
    expect(group?.rows.map(({ observed }) => observed)).toEqual([
      ...['2.50 on average', '2.00 on average', '1.50 on average'],
    ])
  })

  it('say so where all conditions are alike, and tell a single one as it is', () => {
    const each = { solved: 2_000, calls: 1, verdict: 'met' as const }
    const [alike] = objectiveGroups(measureOf(success, [each, each, each]), 0)
    const [single] = objectiveGroups(measureOf(success, [each]), 0)
    expect(alike && whereSeen(alike.rows)).toBe('alike under each of 3 conditions')
    expect(single && whereSeen(single.rows)).toBe('without faults')
  })

  it('tell in each row what was seen, without the objective and the verdict that stand beside it', () => {
    const measure = measureOf(success, [{ solved: 1_600, calls: 1, verdict: 'missed' }])
    expect(objectiveGroups(measure, 0)[0]?.rows[0].seen).toBe('1600 of 2,000 tasks')
    const [result] = measure.objectives
    const sentence = `without task "refund" (in quarantine), ${result?.sentence}`
    const held = { ...measure, objectives: measure.objectives.map((each) => ({ ...each, sentence })) }
    expect(objectiveGroups(held, 0)[0]?.rows[0].seen).toBe(sentence)
  })
})
