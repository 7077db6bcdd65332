import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareResults } from '../../../src/results/comparison/compare-results.ts'
import type { ComparedPart, Comparison } from '../../../src/results/comparison/comparison-schema.ts'
import { comparedParts, comparisonSchema } from '../../../src/results/comparison/comparison-schema.ts'
import type { ComparedResults } from '../../../src/results/comparison/compare-results.ts'
import { anyTwoRuns, fingerprint, outcomeOf, resultOf, spread, taskIds, trialsOf } from './_results.ts'

const other = 'fedcba9876543210'

function compare(baseline: ComparedResults, current: ComparedResults, allow: ComparedPart[] = []): Comparison {
  return compareResults(baseline, current, { baseline: 'main', margin: 0.02, allow })
}

function overall({ cells }: Comparison): Comparison['cells'][number] | undefined {
  return cells.find(({ task }) => task === null)
}

const mirrored = {
  regressed: 'improved',
  improved: 'regressed',
  unchanged: 'unchanged',
  undecided: 'undecided',
} as const

describe('a comparison with an earlier result', () => {
  it('takes the same trials of the same seed for pairs, and counts those that turned', () => {
    const [before, after] = [trialsOf('+ + - - +'), trialsOf('+ - + - -')]
    expect(overall(compare(resultOf(before), resultOf(after)))).toMatchObject({
      baseline: { solved: 3, of: 5 },
      current: { solved: 2, of: 5 },
      better: 1,
      worse: 2,
      p: 1,
      difference: -0.2,
      verdict: 'undecided',
    })
  })

  it('is exact: four turned good and twelve bad are no proof, p 0.0768', () => {
    const before = [...spread(12, 12), ...spread(0, 4), ...spread(300, 300)]
    const after = [...spread(0, 12), ...spread(4, 4), ...spread(300, 300)]
    const cell = overall(compare(resultOf(before), resultOf(after)))
    expect(cell).toMatchObject({ better: 4, worse: 12, p: 0.076_813, verdict: 'undecided' })
    // What the test does not prove, the interval shown does not either.
    expect(cell?.interval?.[1]).toBeGreaterThanOrEqual(0)
  })

  it('says regressed, and names the task that is dead', () => {
    const before = spread(297, 300).map((trial) => trial.map((task) => outcomeOf(task.task, true)))
    const after = before.map((trial) => trial.map((task) => outcomeOf(task.task, task.task !== 2)))
    const { status, cells } = compare(resultOf(before), resultOf(after))
    expect(status).toBe('regressed')
    expect(cells.map(({ task, verdict }) => [task, verdict])).toEqual([
      [null, 'regressed'],
      ['refund', 'undecided'],
      ['status', 'undecided'],
      ['return', 'regressed'],
    ])
  })

  it('lets single tasks decide where they regressed only: few repeats decide nothing', () => {
    const before = spread(240, 300)
    const after = before.map((trial, index) => trial.map((task) => (index === 3 ? outcomeOf(task.task, false) : task)))
    const { status, cells } = compare(resultOf(before), resultOf(after))
    expect(status).toBe('unchanged')
    expect(cells.filter(({ verdict }) => verdict === 'undecided').map(({ isGating }) => isGating)).not.toContain(true)
  })

  it('adjusts for the number of comparisons, so that one of many cells does not fail by luck', () => {
    const [before, after] = [trialsOf('+ '.repeat(6).trim()), trialsOf('- '.repeat(6).trim())]
    const [alone] = compare(resultOf(before), resultOf(after)).cells
    // Six of six turned bad: p 0.03125 alone, and not proven among the four cells.
    expect(alone).toMatchObject({ p: 0.031_25, adjustedP: 0.125, verdict: 'undecided' })
  })

  it('counts tasks of one trial as one observation: they may all turn together', () => {
    const before = trialsOf('+++ '.repeat(5).trim())
    const after = trialsOf('--- '.repeat(5).trim())
    // Fifteen tasks turned bad, of five agents: 2 · ½⁵, and not 2 · ½¹⁵.
    expect(overall(compare(resultOf(before), resultOf(after)))).toMatchObject({ observations: 5, worse: 15, p: 0.0625 })
  })

  it('compares the trials that both have where their numbers differ', () => {
    expect(overall(compare(resultOf(spread(150, 150)), resultOf(spread(420, 420))))).toMatchObject({
      baseline: { solved: 150, of: 150 },
      current: { solved: 150, of: 150 },
      observations: 150,
    })
  })

  it('says so where seeds differ, and takes trials for independent', () => {
    const comparison = compare(resultOf(spread(360, 400)), resultOf(spread(280, 350), {}, 2))
    expect(comparison).toMatchObject({ isPaired: false, seeds: { baseline: 1, current: 2 }, means: [] })
    expect(overall(comparison)).toMatchObject({
      baseline: { solved: 360, of: 400 },
      current: { solved: 280, of: 350 },
      better: null,
      verdict: 'regressed',
    })
  })

  it('is unchanged within the margin only where the whole interval is', () => {
    const [before, after] = [spread(900, 1_000), spread(899, 1_000)]
    const one = overall(compare(resultOf(before), resultOf(before)))
    expect(one).toMatchObject({ difference: 0, verdict: 'unchanged', isIdentical: false })
    const strict = compareResults(resultOf(before), resultOf(after), { baseline: 'main', margin: 0.001, allow: [] })
    expect(overall(strict)?.verdict).toBe('undecided')
  })

  it('shows how latency and tool calls differ, with an interval from a hundred trials on', () => {
    const at = (latencyMs: number, of: number) =>
      Array.from({ length: of }, (_, trial) => [
        outcomeOf(0, true, { latencyMs: latencyMs + (trial % 2) * 10, toolCalls: latencyMs === 500 ? 2 : 3 }),
      ])
    const many = compare(resultOf(at(500, 200)), resultOf(at(700, 200)))
    expect(many.means).toEqual([
      expect.objectContaining({ what: 'latency', baseline: 505, current: 705, difference: 200, interval: [200, 200] }),
      expect.objectContaining({ what: 'tool calls', baseline: 2, current: 3, difference: 1, interval: [1, 1] }),
    ])
    expect(many.status).toBe('unchanged')
    expect(compare(resultOf(at(500, 20)), resultOf(at(700, 20))).means[0]?.interval).toBeNull()
  })

  it('tells what only one side measured, and does not pass where something is gone', () => {
    const [one, two] = [resultOf(spread(400, 400)), resultOf(spread(400, 400))]
    const renamed = { ...two, scenarios: two.scenarios.map((scenario) => ({ ...scenario, name: 'shop' })) }
    const both = { ...one, scenarios: [...one.scenarios, ...renamed.scenarios] }
    expect(compare(both, two)).toMatchObject({
      status: 'undecided',
      uncompared: ['"shop" was measured in the baseline and is not now'],
    })
    expect(compare(one, { ...both, scenarios: [...two.scenarios, ...renamed.scenarios] })).toMatchObject({
      status: 'unchanged',
      uncompared: ['"shop" was not measured in the baseline'],
    })
    expect(compare(one, renamed)).toMatchObject({ status: 'undecided', cells: [] })
  })
})

describe('a comparison is refused', () => {
  const renamedTask = { tasks: [{ id: 'exchange', hash: other }, ...fingerprint.tasks.slice(1)] }

  it.each<readonly [part: ComparedPart, change: Partial<typeof fingerprint>, sentence: string]>([
    [
      'tasks',
      { tasks: fingerprint.tasks.map((task) => ({ ...task, hash: other })) },
      'task "refund", "status", "return" changed',
    ],
    ['tasks', renamedTask, 'task "exchange" is new, task "refund" is gone'],
    ['graders', { graders: [other, ...fingerprint.graders.slice(1)] }, 'grader of task "refund" changed'],
    ['prompts', { prompts: other }, 'the agent sends other system prompts'],
    ['tools', { tools: [{ name: 'issue_refund', hash: other }] }, 'tool "issue_refund" changed'],
    ['tools', { tools: [] }, 'tool "issue_refund" is gone'],
    ['faults', { conditions: [{ name: 'tool failures', hash: other }] }, 'faults of condition "tool failures" changed'],
  ])('where %s differ, and not once they are allowed (%#)', (part, change, sentence) => {
    const [before, after] = [resultOf(spread(300, 300)), resultOf(spread(300, 300), change)]
    const refused = compare(before, after)
    expect(refused).toMatchObject({ status: 'refused', cells: [], refusals: [{ scenario: 'desk', part }] })
    expect(refused.refusals.map((each) => each.sentence)).toContain(sentence)
    const allowed = compare(before, after, [part])
    expect(allowed.status).not.toBe('refused')
    expect(allowed.allowed).toEqual(refused.refusals)
    const others = comparedParts.filter((one) => one !== part)
    expect(compare(before, after, others).status).toBe('refused')
  })

  it('where the same seed runs other tasks, e.g. because the workload changed', () => {
    const [before, after] = [spread(300, 300), spread(300, 300).toReversed()]
    expect(compare(resultOf(before), resultOf(after)).refusals).toEqual([
      { scenario: 'desk', part: 'tasks', sentence: 'trial 0 runs other tasks than in the baseline' },
    ])
  })

  it('where a result of an earlier version does not say what it measured', () => {
    const [one, two] = [resultOf(spread(300, 300)), resultOf(spread(300, 300))]
    const old = { ...one, scenarios: one.scenarios.map((scenario) => ({ ...scenario, fingerprint: null })) }
    expect(compare(old, two).refusals).toHaveLength(comparedParts.length)
    expect(compare(old, two).refusals[0]?.sentence).toBe('the baseline does not say what it was measured with')
  })
})

describe('whatever two runs came to', () => {
  it('swapping them mirrors every verdict, difference and interval', () => {
    fc.assert(
      fc.property(anyTwoRuns, fc.boolean(), fc.constantFrom(0, 0.02, 0.3), ([one, two], isPaired, margin) => {
        const [before, after] = [resultOf(one), resultOf(two, {}, isPaired ? 1 : 2)]
        const options = { baseline: 'main', margin, allow: [] }
        const [forth, back] = [compareResults(before, after, options), compareResults(after, before, options)]
        expect(back.cells).toEqual(
          forth.cells.map((cell) => ({
            ...cell,
            baseline: cell.current,
            current: cell.baseline,
            better: cell.worse,
            worse: cell.better,
            difference: cell.difference === null ? null : 0 - cell.difference,
            interval: cell.interval && [0 - cell.interval[1], 0 - cell.interval[0]],
            verdict: mirrored[cell.verdict],
            isGating: cell.task === null || cell.verdict === 'improved',
          })),
        )
      }),
    )
  })

  it('a result compared with itself is unchanged', () => {
    fc.assert(
      fc.property(anyTwoRuns, ([one]) => {
        const result = resultOf(one)
        const { status, cells, means } = compare(result, result)
        expect(status).toBe('unchanged')
        expect(cells.every(({ verdict, isIdentical }) => verdict === 'unchanged' && isIdentical)).toBe(true)
        expect(means.every(({ difference }) => difference === 0)).toBe(true)
      }),
    )
  })

  it('the interval holds the difference, and says no more than the exact test proves', () => {
    fc.assert(
      fc.property(anyTwoRuns, ([one, two]) => {
        const comparison = compare(resultOf(one), resultOf(two))
        expect(comparisonSchema.safeParse(comparison).success).toBe(true)
        for (const { difference, interval, p } of comparison.cells) {
          if (difference === null || interval === null || p === null) continue
          expect(interval[0]).toBeLessThanOrEqual(difference + 1e-6)
          expect(interval[1]).toBeGreaterThanOrEqual(difference - 1e-6)
          if (interval[0] > 0 || interval[1] < 0) expect(p).toBeLessThanOrEqual(0.05)
        }
      }),
    )
  })
})

describe('what the ancestor got wrong', () => {
  it('a decisive loss of 8 points is a regression, though it is above nine tenths of the baseline', () => {
    const { status } = compare(resultOf(spread(2_000, 2_000)), resultOf(spread(1_840, 2_000)))
    expect(1_840 / 2_000).toBeGreaterThan(0.9)
    expect(status).toBe('regressed')
  })

  it('a loss below nine tenths of the baseline in ten trials is undecided, not a failure', () => {
    expect(compare(resultOf(spread(10, 10)), resultOf(spread(8, 10))).status).toBe('undecided')
  })

  it('reads counts out of results and nothing that a caller claims', () => {
    const lying = resultOf(spread(100, 200))
    const claimed = lying.scenarios.map((scenario) => ({
      ...scenario,
      measure: scenario.measure && {
        ...scenario.measure,
        conditions: scenario.measure.conditions.map((condition) => ({
          ...condition,
          measures: { ...condition.measures, taskSuccess: { ...condition.measures.taskSuccess, count: 200, rate: 1 } },
        })),
      },
    }))
    expect(overall(compare(resultOf(spread(200, 200)), { ...lying, scenarios: claimed }))).toMatchObject({
      current: { solved: 100, of: 200 },
      verdict: 'regressed',
    })
    expect(taskIds).toHaveLength(3)
  })
})

describe('what the current result has in quarantine', () => {
  const terms = { owner: 'Support', reason: 'flaky', expires: '2999-12-31', sentence: '' }
  const held =
    (cover: { task: string } | { scenario: true }, state: 'in force' | 'expired') => (result: ComparedResults) => ({
      ...result,
      scenarios: result.scenarios.map((each) => ({ ...each, quarantine: [{ ...cover, ...terms, state }] })),
    })
  const before = trialsOf(Array.from({ length: 100 }, () => '+++').join(' '))
  const after = trialsOf(Array.from({ length: 100 }, () => '-++').join(' '))

  it.each([1, 2])('decides nothing, and all tasks are all but it, with seeds 1 and %i', (seed) => {
    const baseline = resultOf(before)
    const current = resultOf(after, {}, seed)
    expect(compare(baseline, current).status).toBe('regressed')
    const spared = compare(baseline, held({ task: 'refund' }, 'in force')(current))
    expect(spared.status).not.toBe('regressed')
    const [all, refund] = spared.cells
    expect(all).toMatchObject({ task: null, baseline: { solved: 200, of: 200 }, current: { solved: 200, of: 200 } })
    expect(refund).toMatchObject({ task: 'refund', verdict: 'regressed', isGating: false })
    const whole = compare(baseline, held({ scenario: true }, 'in force')(current))
    expect(whole.cells.map(({ isGating }) => isGating)).toEqual([false, false, false, false])
    expect(compare(baseline, held({ task: 'refund' }, 'expired')(current)).status).toBe('regressed')
  })
})
