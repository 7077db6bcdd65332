import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { type BlockPlan, type MeasuredBlock, runAllBlocks } from '../../src/runner/measure-blocks.ts'
import { runBlocksUntil } from '../../src/runner/run-blocks-until.ts'
import type { Condition } from '../../src/scenario/measure-input.ts'

const conditions: readonly Condition[] = ['without faults', 'tool failures'].map((name) => ({
  name,
  faults: [],
  family: null,
}))

/** Solves as many tasks in each block as the list says; blocks finish in any order that the scheduler likes. */
function planOf(solved: readonly number[], s: fc.Scheduler): BlockPlan & { readonly begun: Set<number> } {
  const begun = new Set<number>()
  return {
    begun,
    conditions,
    trials: solved.length * 100 - 50,
    run: (condition, block, trials) => {
      begun.add(block)
      const count = Math.min(trials, solved[block] ?? 0)
      const blocks = [{ index: block, hash: `${condition.name} ${block}`, outcomes: null }]
      const result = { ...emptyMeasureTally, blocks, trials, ends: { solved: count } }
      return s.schedule(Promise.resolve<MeasuredBlock>({ result, lost: [] }))
    },
  }
}

const solvedIn = fc.array(fc.nat(100), { minLength: 1, maxLength: 8 })

describe('blocks until they are enough', () => {
  it('end after the first block at which they are, whatever runs ahead and whoever is done first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), solvedIn, fc.nat(400), fc.nat(5), async (s, solved, wanted, ahead) => {
        const plan = planOf(solved, s)
        const counted = s.waitFor(
          runBlocksUntil(plan, ([first]) => (first?.tally.ends['solved'] ?? 0) >= wanted, ahead),
        )
        const sums = solved.map((_, block) => solved.slice(0, block + 1).reduce((sum, count) => sum + count, 0))
        const last = sums.findIndex((sum) => sum >= wanted)
        const blocks = last < 0 ? solved.length : last + 1
        for (const { tally } of await counted)
          expect(tally.blocks.map(({ index }) => index)).toEqual(Array.from({ length: blocks }, (_, index) => index))
        expect(Math.max(...plan.begun)).toBeLessThanOrEqual(Math.min(solved.length - 1, blocks - 1 + ahead))
      }),
    )
  })

  it('are all of them where it is never enough', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), solvedIn, async (s, solved) => {
        const [until, all] = [runBlocksUntil(planOf(solved, s), () => false, 2), runAllBlocks(planOf(solved, s))]
        expect(await s.waitFor(until)).toEqual(await s.waitFor(all))
      }),
    )
  })

  it('do not fail for a block that is not needed, and do for one that is', async () => {
    const run = async (_condition: Condition, block: number, trials: number): Promise<MeasuredBlock> => {
      if (block === 2) throw new Error('the scenario changed')
      return { result: { ...emptyMeasureTally, trials }, lost: [] }
    }
    const plan = { conditions, trials: 400, run }
    const enough = runBlocksUntil(plan, ([first]) => (first?.tally.trials ?? 0) >= 200, 3)
    expect((await enough).map(({ tally }) => tally.trials)).toEqual([200, 200])
    await expect(runBlocksUntil(plan, () => false, 3)).rejects.toThrow('the scenario changed')
  })
})
