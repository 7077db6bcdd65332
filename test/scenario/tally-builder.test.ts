import { describe, expect, it } from 'vitest'
import type { FaultPlan } from '../../src/contract/fault.ts'
import { mergeTallies } from '../../src/results/merge-tallies.ts'
import { emptyTally, tallySchema } from '../../src/results/tally.ts'
import { judgeFor } from '../../src/scenario/finding.ts'
import { TallyBuilder } from '../../src/scenario/tally-builder.ts'
import { type TrialResult, runTrial } from '../../src/scenario/trial.ts'
import { atMost, orderScenario } from './_scenario.ts'

const scenario = orderScenario({
  properties: [
    atMost('429', 0, (event) => event.type === 'response.end' && event.status === 429),
    atMost('constructor', 1_000, () => true),
  ],
})
const judge = judgeFor(scenario)

const limited: FaultPlan = {
  faults: [
    { id: 'openai.429.bare', target: { kind: 'model', name: '*' }, trigger: { on: 'until', n: 3 }, parameters: {} },
    { id: 'openai.429.bare', target: { kind: 'model', name: '*' }, trigger: { on: 'nth', n: 5 }, parameters: {} },
    { id: 'tool.not_found', target: { kind: 'tool', name: 'other' }, trigger: { on: 'nth', n: 1 }, parameters: {} },
  ],
}
const calm: FaultPlan = { faults: [] }
const run = (trial: number, plan: FaultPlan): Promise<TrialResult> =>
  runTrial({ scenario, judge, seed: 1, trial, plan })

describe('the tally of a block', () => {
  it('counts trials, calls, time, ends, violations with their first trial, and the fate of every fault', async () => {
    const tally = new TallyBuilder(scenario)
    const results: TrialResult[] = []
    for (const [trial, plan] of [calm, limited, limited].entries()) {
      const result = await run(trial, plan)
      results.push(result)
      tally.add(trial, plan, result)
    }
    const finished = tally.finish(7, 'abc')
    expect(tallySchema.parse(finished)).toEqual(finished)
    expect(finished).toMatchObject({
      blocks: [{ index: 7, hash: 'abc' }],
      trials: 3,
      calls: 5 + 8 + 8,
      virtualMs: results.reduce((sum, { virtualMs }) => sum + virtualMs, 0),
      ends: { finished: 3 },
      // Two of the three trials saw a 429, and none put the other property to the test.
      judged: { '429': 2 },
      violations: { '429': { trials: 2, firstTrial: 1 } },
      planned: { 'openai.429.bare': 4, 'tool.not_found': 2 },
      delivered: { 'openai.429.bare': 6 },
      undelivered: { 'tool.not_found': 2 },
      problems: [],
    })
    expect(Object.keys(finished.triggers)).toEqual(['429', 'constructor'])
  })

  it('counts in how many trials in which a family struck each property was put to the test and violated', async () => {
    const tally = new TallyBuilder(scenario)
    for (const [trial, plan] of [calm, limited, limited].entries()) tally.add(trial, plan, await run(trial, plan))
    // The tool of the third fault is never called, so its family struck nothing; the other property is vacuous.
    expect(tally.finish(0, '').exposure).toEqual({
      'rate limits': { trials: 2, judged: { '429': 2 }, violated: { '429': 2 } },
    })
  })

  it('is the same in bytes as the merge of tallies of its parts', async () => {
    const whole = new TallyBuilder(scenario)
    const parts = []
    for (const [trial, plan] of [limited, calm].entries()) {
      const result = await run(trial, plan)
      whole.add(trial, plan, result)
      const part = new TallyBuilder(scenario)
      part.add(trial, plan, result)
      parts.push({ ...part.finish(0, ''), blocks: [] })
    }
    const merged = parts.reduceRight(mergeTallies, emptyTally)
    expect(JSON.stringify({ ...whole.finish(0, ''), blocks: [] })).toBe(JSON.stringify(merged))
  })
})
