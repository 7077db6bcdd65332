import { describe, expect, it } from 'vitest'
import { blockPlans, blockSeed, blockTrials, trialPlan } from '../../src/scenario/plans.ts'
import { orderScenario } from './_scenario.ts'

const orders = orderScenario()
const others = { ...orders, name: 'others' }

describe('the plans of a block', () => {
  it('are as many as it has trials, and the same whenever they are asked for', () => {
    expect(blockPlans(orders, 1, 3)).toHaveLength(blockTrials)
    expect(blockPlans(orders, 1, 3)).toEqual(blockPlans(orders, 1, 3))
  })

  it('depend on seed, scenario and block', () => {
    const plans = [
      blockPlans(orders, 1, 0),
      blockPlans(orders, 2, 0),
      blockPlans(orders, 1, 1),
      blockPlans(others, 1, 0),
    ].map((block) => JSON.stringify(block))
    expect(new Set(plans).size).toBe(plans.length)
    expect(new Set([0, 1, 2, 3].map((block) => blockSeed(orders, 1, block))).size).toBe(4)
  })

  it('are those of its trials, one after another', () => {
    const block = blockPlans(orders, 9, 2)
    expect([200, 201, 299].map((trial) => trialPlan(orders, 9, trial))).toEqual([block[0], block[1], block[99]])
    expect(trialPlan(orders, 9, 300)).toEqual(blockPlans(orders, 9, 3)[0])
  })
})
