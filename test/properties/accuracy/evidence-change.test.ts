import { describe, expect, it } from 'vitest'
import { emptyPlan } from '../../../src/contract/fault.ts'
import type { PropertyVerdict } from '../../../src/contract/property.ts'
import { accuracyEvidenceChange } from '../../../src/properties/accuracy/evidence-change.ts'
import { judgeRelation } from '../../../src/properties/judge-relation.ts'
import { factsOf, sentenceOf } from '../_trace.ts'
import { type Answer, declaring, eventsOf } from './_answers.ts'

const { relation } = accuracyEvidenceChange

function compared(before: readonly Answer[], after: readonly Answer[]): PropertyVerdict {
  if (relation === undefined) throw new Error('A6 compares two runs')
  const original = { plan: emptyPlan, events: eventsOf(before) }
  const varied = { plan: relation.vary(emptyPlan) ?? emptyPlan, events: eventsOf(after) }
  return judgeRelation(accuracyEvidenceChange, relation, { original, varied }, factsOf(declaring))
}

const declared = (declaredAccuracy: number | 'unknown', isCut = false): Answer => ({
  claims: { declaredAccuracy },
  struckBy: isCut ? ['tool.truncated'] : [],
})

describe('A6 evidence change', () => {
  it.each([0.9, 0.5, 0, 'unknown'] as const)(
    'holds where %s is declared on half the evidence instead of 0.9',
    (worse) => {
      expect(compared([declared(0.9)], [declared(worse, true)])).toEqual({ verdict: 'holds', triggers: 1 })
    },
  )

  it('is violated by a declaration that rises', () => {
    expect(sentenceOf(compared([declared('unknown')], [declared(0.4, true)]))).toBe(
      'task "task 0" declared 0, and 0.4 at 0.000 s once its tools\' answers were cut in half',
    )
  })

  it('says nothing of a task whose tools were not hit', () => {
    expect(compared([declared(0.1)], [declared(0.9)])).toEqual({ verdict: 'vacuous' })
  })

  it('wants no second run of a trial in which they are cut anyway', () => {
    const plan = relation?.vary(emptyPlan) ?? emptyPlan
    expect(plan.faults.map(({ id }) => id)).toEqual(['tool.truncated', 'mcp.corrupt'])
    expect(relation?.vary(plan)).toBeNull()
  })
})
