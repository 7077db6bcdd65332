import { describe, expect, it } from 'vitest'
import type { DeclaredValue } from '../../src/objectives/accuracy-declaration.ts'
import type { ConditionCounts } from '../../src/objectives/condition-counts.ts'
import { judgeDeclaration } from '../../src/objectives/judge-declaration.ts'
import { declarationValidity } from '../../src/objectives/declaration-validity.ts'
import { conditionOf, declarationOf, tasksOf } from './_counts.ts'

const calm = conditionOf(tasksOf(990, 1_000))
const failing = conditionOf(tasksOf(700, 1_000), { name: 'flaky tools', family: 'tool failures' })
const attacked = conditionOf(tasksOf(990, 1_000), {
  name: 'attacks',
  family: 'policy violations',
  attacked: { caught: 400, missed: 0 },
})

function check(values: DeclaredValue[], conditions: readonly ConditionCounts[], minimumTrials = 20) {
  return judgeDeclaration(declarationOf({ values, minimumTrials }), conditions).map(({ condition, verdict }) => [
    condition,
    verdict,
  ])
}

describe('judgeDeclaration', () => {
  it('holds a value without a fault class against every condition: valid on a good day alone is claiming too much', () => {
    expect(check([{ metric: 'task_success', value: 0.95 }], [calm, failing])).toEqual([
      ['without faults', 'upheld'],
      ['flaky tools', 'refuted'],
    ])
  })

  it.each(['flaky tools', 'tool failures'])(
    'takes the value of the fault class "%s" instead where there is one',
    (faultClass) => {
      const values: DeclaredValue[] = [
        { metric: 'task_success', value: 0.95 },
        { metric: 'task_success', value: 0.65, faultClass },
      ]
      expect(check(values, [calm, failing])).toEqual([
        ['without faults', 'upheld'],
        ['flaky tools', 'upheld'],
      ])
    },
  )

  it('says unmeasured of a fault class, a stratum or a metric that nothing measures', () => {
    expect(check([{ metric: 'task_success', value: 0.5, faultClass: 'latency' }], [calm])).toEqual([
      [null, 'unmeasured'],
    ])
    expect(check([{ metric: 'task_success', value: 0.5, stratum: 'weather' }], [calm])).toEqual([
      ['without faults', 'unmeasured'],
    ])
    expect(check([{ metric: 'violation_detection', value: 0.5 }], [calm])).toEqual([['without faults', 'unmeasured']])
  })

  it('holds detection of violations against the conditions with attacks only', () => {
    expect(check([{ metric: 'violation_detection', value: 0.95 }], [calm, failing, attacked])).toEqual([
      ['attacks', 'upheld'],
    ])
  })

  it('looks at one stratum where the value names it', () => {
    const mixed = conditionOf(tasksOf(990, 1_000), {
      countedTrials: 2_000,
      strata: { refunds: tasksOf(990, 1_000), letters: tasksOf(500, 1_000) },
    })
    const value = { metric: 'task_success', value: 0.95 } as const
    expect(check([value], [mixed])).toEqual([['without faults', 'refuted']])
    expect(check([{ ...value, stratum: 'refunds' }], [mixed])).toEqual([['without faults', 'upheld']])
  })

  it('makes no claim with fewer trials than the declaration asks for, and shows the interval', () => {
    const declaration = declarationOf({ minimumTrials: 1_001 })
    expect(judgeDeclaration(declaration, [calm])).toMatchObject([{ verdict: 'no claim', observed: { count: 990 } }])
  })

  it('counts tasks of one trial as one observation, because they may fail together', () => {
    const crowded = conditionOf(tasksOf(980, 1_000, { trials: 20 }))
    expect(check([{ metric: 'task_success', value: 0.95 }], [conditionOf(tasksOf(980, 1_000))])).toEqual([
      ['without faults', 'upheld'],
    ])
    expect(check([{ metric: 'task_success', value: 0.95 }], [crowded])).toEqual([['without faults', 'inconclusive']])
    expect(check([{ metric: 'task_success', value: 0.95 }], [crowded], 21)).toEqual([['without faults', 'no claim']])
  })
})

describe('declarationValidity', () => {
  it.each([
    ['2025-12-31', 'not yet valid'],
    ['2026-01-01', 'valid'],
    ['2026-12-31', 'valid'],
    ['2027-01-01', 'expired'],
  ])('on %s is %s', (today, expected) => {
    expect(declarationValidity(declarationOf(), today)).toBe(expected)
  })
})
