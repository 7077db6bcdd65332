import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/contract/task.ts'
import { faults } from '../../../src/faults/faults.ts'
import { properties } from '../../../src/properties/properties.ts'
import { judgeFor } from '../../../src/scenario/finding.ts'
import { blockPlans } from '../../../src/scenario/plans.ts'
import { decodeToken, encodeToken } from '../../../src/scenario/replay-token.ts'
import { shrinkPlan } from '../../../src/scenario/shrink.ts'
import { runTrial } from '../../../src/scenario/trial.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { post, refundScenario, refundTool, refundUrl, runUnder } from './_refunds.ts'

/** One slot for all tasks; it is given back unless the task is aborted in the one window where nobody looks. */
function leaky(): Agent {
  let free = Promise.resolve()
  return async ({ id }, { signal }) => {
    let release = (): void => {}
    const mine = free
    free = new Promise((resolve) => (release = resolve))
    await mine
    try {
      await post(refundUrl, { orderId: id }, signal)
    } catch {
      release()
      return { answer: null, stop: 'cancelled' }
    }
    // Between the answer and the release: an abort here is taken for one that has been dealt with.
    await Promise.resolve()
    if (signal.aborted) return { answer: null, stop: 'cancelled' }
    release()
    return { answer: 'Refunded.', stop: 'end_turn' }
  }
}

const twoTasks = { arrivals: [{ task: 'A-1' }, { task: 'A-2' }], order: 'overlap' as const }
const scenario = refundScenario(leaky, {
  workload: twoTasks,
  search: {
    trials: 100,
    faults: faults.swarm(faults.process(refundTool).aborts()),
    properties: [properties.all.filter(({ id }) => id === 'L1')],
  },
})

describe('a sweep of aborts', () => {
  it('hits every await: some moments leak the slot, and others do not', async () => {
    const ends = new Set<string>()
    for (const at of ['sent', 'acted', 'answered']) {
      for (let afterMicrotasks = 0; afterMicrotasks <= 20; afterMicrotasks++) {
        const abort = every('task.abort', refundTool, { at, afterMicrotasks }, { on: 'nth', n: 1 })
        const { how, told } = await runUnder(scenario, abort)
        ends.add(
          `${at} ${how}${told.includes('40 task.cancelled A-1') || told.includes('0 task.cancelled A-1') ? '' : ' too late'}`,
        )
      }
    }
    expect(ends).toContain('sent finished')
    expect(ends).toContain('answered stalled')
    expect(ends).toContain('answered finished too late')
  })

  it('finds the window, shrinks the plan to one abort and replays it from its token', async () => {
    const judge = judgeFor(scenario)
    const violates = async (trial: number, plan = blockPlans(scenario, 1, 0)[trial]) =>
      (await runTrial({ scenario, judge, seed: 1, trial, plan: plan ?? { faults: [] } })).verdicts.get('L1')?.verdict
    let trial = 0
    while ((await violates(trial)) !== 'violated' && trial < 99) trial++
    const { plan } = await shrinkPlan({ scenario, judge, seed: 1, trial, property: 'L1', onTurn: () => {} })
    expect(plan.faults).toMatchObject([{ id: 'task.abort', trigger: { on: 'nth', n: 1 } }])
    const { hash } = await runTrial({ scenario, judge, seed: 1, trial, plan })
    const about = { file: 'a.scenario.ts', scenario: 'refunds', seed: 1, trial, property: 'L1' }
    const token = decodeToken(encodeToken({ ...about, plan, hash: hash.slice(0, 16) }))
    const replayed = await runTrial({ scenario, judge, seed: 1, trial, plan: token.plan })
    expect(replayed.hash).toBe(hash)
    expect(replayed.verdicts.get('L1')?.verdict).toBe('violated')
  })
})
