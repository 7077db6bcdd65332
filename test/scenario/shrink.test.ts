import { describe, expect, it } from 'vitest'
import type { FaultPlan, Trigger } from '../../src/contract/fault.ts'
import type { DefinedProperty } from '../../src/properties/define-property.ts'
import { judgeFor } from '../../src/scenario/finding.ts'
import { blockPlans } from '../../src/scenario/plans.ts'
import { type ShrunkPlan, shrinkPlan } from '../../src/scenario/shrink.ts'
import { runTrial } from '../../src/scenario/trial.ts'
import { atMost, orderScenario } from './_scenario.ts'

const seed = 5

/** Rigs one property: whether a plan violates it in a trial, which trials do, and what these shrink to. */
function rig(property: DefinedProperty) {
  const scenario = orderScenario({ properties: [property] })
  const judge = judgeFor(scenario)
  const plans = blockPlans(scenario, seed, 0)
  const violates = async (trial: number, plan: FaultPlan): Promise<boolean> =>
    (await runTrial({ scenario, judge, seed, trial, plan })).verdicts.get(property.id)?.verdict === 'violated'
  const failing = async (most: number): Promise<number[]> => {
    const trials: number[] = []
    for (let trial = 0; trial < plans.length && trials.length < most; trial++) {
      const plan = plans[trial]
      if (plan !== undefined && (await violates(trial, plan))) trials.push(trial)
    }
    return trials
  }
  const shrink = (trial: number): Promise<ShrunkPlan> =>
    shrinkPlan({ scenario, judge, seed, trial, property: property.id, onTurn: () => {} })
  return { violates, failing, shrink, plans }
}

const simple: readonly Trigger[] = [1, 2, 3, 4, 5].map((n) => ({ on: 'nth', n }))
const isModelFailure = (status: number) =>
  atMost('MODEL', 0, (event) => event.type === 'response.end' && event.kind === 'model' && event.status === status)

describe('a shrunk plan', () => {
  it('still violates the property, with no fault and no trigger that could be simpler', async () => {
    const { violates, failing, shrink } = rig(isModelFailure(429))
    const trials = await failing(6)
    expect(trials.length).toBe(6)
    for (const trial of trials) {
      const { plan } = await shrink(trial)
      expect(await violates(trial, plan)).toBe(true)
      expect(plan.faults).toHaveLength(1)
      expect(plan.faults[0]?.trigger).toEqual({ on: 'nth', n: 1 })
    }
  })

  it('strikes the first call that is enough, where that is not the first of all', async () => {
    const late = atMost('LATE', 0, (event) => {
      const second = event.type === 'request.sent' ? event.model?.toolResults[1] : undefined
      return second !== undefined && !second.content.includes('shipped')
    })
    const { violates, failing, shrink } = rig(late)
    const trials = await failing(5)
    expect(trials).toHaveLength(5)
    for (const trial of trials) {
      const { plan } = await shrink(trial)
      expect(await violates(trial, plan)).toBe(true)
      expect(plan.faults).toHaveLength(1)
      expect(plan.faults[0]?.trigger).toEqual({ on: 'nth', n: 2 })
    }
  })

  it('keeps a trigger that strikes often where no single call is enough', async () => {
    const twice = atMost('TWICE', 1, (event) => event.type === 'response.end' && event.status === 429)
    const { violates, failing, shrink } = rig(twice)
    const trials = await failing(5)
    expect(trials.length).toBeGreaterThan(0)
    for (const trial of trials) {
      const { plan } = await shrink(trial)
      expect(await violates(trial, plan)).toBe(true)
      for (const [index, fault] of plan.faults.entries()) {
        expect(await violates(trial, { faults: plan.faults.toSpliced(index, 1) })).toBe(false)
        for (const trigger of simple) {
          if (JSON.stringify(trigger) === JSON.stringify(fault.trigger)) break
          expect(await violates(trial, { faults: plan.faults.with(index, { ...fault, trigger }) })).toBe(false)
        }
      }
    }
  })

  it('is the same whenever it is looked for, after so many trials and at most 400', async () => {
    const { failing, shrink } = rig(isModelFailure(400))
    for (const trial of await failing(3)) {
      const [one, again] = [await shrink(trial), await shrink(trial)]
      expect(again).toEqual(one)
      expect(one.trials).toBeGreaterThan(0)
      expect(one.trials).toBeLessThanOrEqual(400)
    }
  })

  it('is the generated plan where that is all it takes to look at', async () => {
    const { violates, shrink, plans } = rig(atMost('NEVER', 1_000, () => true))
    const plan = plans[3] ?? { faults: [] }
    expect(await violates(3, plan)).toBe(false)
    expect((await shrink(3)).plan).toEqual(plan)
  })
})
