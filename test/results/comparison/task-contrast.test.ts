import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/simulation/random-stream.ts'
import { mcNemar } from '../../../src/statistics/mc-nemar.ts'
import { signFlip } from '../../../src/statistics/sign-flip.ts'
import { studentQuantile } from '../../../src/statistics/student-quantile.ts'
import { studentTails } from '../../../src/statistics/student-tails.ts'
import { compareResults } from '../../../src/results/comparison/compare-results.ts'
import type { ComparedCell } from '../../../src/results/comparison/comparison-schema.ts'
import { comparisonReasons } from '../../../src/results/comparison/comparison-reasons.ts'
import { renderComparison } from '../../../src/report/terminal/render-comparison.ts'
import { outcomeOf, resultOfTasks } from './_results.ts'
import type { TrialOutcome } from '../../../src/results/outcomes/task-outcome.ts'

/** One task a trial, in turn: how many of its repeats each task solves, the solved ones first. */
function inTurns(solved: readonly number[], repeats: number): TrialOutcome[] {
  return Array.from({ length: repeats }, (_, repeat) =>
    solved.map((count, task) => [outcomeOf(task, repeat < count)]),
  ).flat()
}

function compare(before: readonly number[], after: readonly number[], repeats: number, seeds = [1, 1]) {
  const [one = 1, other = 1] = seeds
  return compareResults(
    resultOfTasks(inTurns(before, repeats), before.length, one),
    resultOfTasks(inTurns(after, repeats), after.length, other),
    { baseline: 'main', margin: 0.02, allow: [] },
  )
}

function overall(...given: Parameters<typeof compare>): ComparedCell | undefined {
  return compare(...given).cells.find(({ task }) => task === null)
}

const forty = Array.from({ length: 40 }, () => 20)

describe('a comparison of rates that speak of tasks like these', () => {
  it('takes a task as the unit, and finds what most tasks lose', () => {
    const cell = overall(
      forty,
      forty.map((count, task) => count - 2 - (task % 3)),
      20,
    )
    expect(cell).toMatchObject({ unit: 'task', observations: 40, verdict: 'regressed' })
    expect(cell?.interval?.[1]).toBeLessThan(0)
  })

  it('takes no single task that died for a loss of all tasks like it', () => {
    const cell = overall(forty, [0, ...forty.slice(1)], 20)
    expect(cell).toMatchObject({ better: 0, worse: 20, p: 1, verdict: 'undecided' })
    expect(cell?.interval?.[0]).toBeLessThan(-0.05)
    expect(cell?.interval?.[1]).toBeGreaterThanOrEqual(0)
  })

  it.each([1, 2, 3, 5])(
    'is never regressed over %d tasks, however much they lose, and asks for more tasks',
    (tasks) => {
      const comparison = compare(
        forty.slice(0, tasks),
        forty.slice(0, tasks).map(() => 0),
        20,
      )
      const cell = comparison.cells.find(({ task }) => task === null)
      expect(cell).toMatchObject({ unit: 'task', observations: tasks, verdict: 'undecided' })
      const told = comparisonReasons({ ...comparison, status: 'undecided' }).map(({ sentence }) => sentence)
      expect(told).toContainEqual(expect.stringContaining('measure more tasks, or widen the margin'))
    },
  )

  it('says unchanged only where so many tasks could have shown a change', () => {
    expect(overall(forty, forty, 20)?.verdict).toBe('undecided')
    const many = Array.from({ length: 250 }, () => 4)
    expect(overall(many, many, 4)?.verdict).toBe('unchanged')
  })

  it('pairs by task where the seeds differ', () => {
    const uneven = forty.map((_, task) => (task % 2 === 0 ? 20 : 4))
    const worse = uneven.map((count) => count - 3)
    const cell = overall(uneven, worse, 20, [1, 2])
    expect(cell).toMatchObject({
      unit: 'task',
      observations: 40,
      better: null,
      difference: -0.15,
      verdict: 'regressed',
    })
  })

  it('says so wherever it is told', () => {
    const comparison = compare(
      forty,
      forty.map((count, task) => count - 2 - (task % 3)),
      20,
    )
    const told = renderComparison(comparison, { colour: false, columns: 400 }).replaceAll(/\s+/g, ' ')
    expect(told).toContain('of seed 1 on both sides, clustered by task where rates speak of tasks like these;')
    expect(told).toContain('regressed (over 40 tasks)')
    expect(comparisonReasons(comparison)[0]?.sentence).toContain('; over 40 tasks; p ')
    expect(comparison.means.map(({ unit }) => unit)).toEqual(['task', 'task'])
  })

  it('is mirrored where the results are swapped', () => {
    const counts = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(counts, fc.boolean(), (pairs, isPaired) => {
        const [before, after] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
        const seeds = isPaired ? [1, 1] : [1, 2]
        const [one, other] = [overall(before, after, 6, seeds), overall(after, before, 6, seeds)]
        expect(other?.p).toBe(one?.p)
        expect(other?.interval?.map((bound) => -bound + 0).toReversed()).toEqual(
          one?.interval?.map((bound) => bound + 0),
        )
        if (one?.verdict === 'regressed') expect(one.interval?.[1]).toBeLessThan(0)
      }),
    )
  })
})

describe('false alarms where a change helps some tasks and harms as many', () => {
  const [runs, repeats] = [300, 20]
  /** Each task gets better or worse by 30 points by lot: tasks like these are as good as before. */
  function alarms(tasks: number): { readonly clustered: number; readonly single: number } {
    const random = new RandomStream(`false alarms/${tasks}`)
    const found = { clustered: 0, single: 0 }
    for (let run = 0; run < runs; run++) {
      const turned = Array.from({ length: tasks }, () => {
        const after = random.uniform() < 0.5 ? 0.2 : 0.8
        const solved = { before: 0, after: 0, better: 0, worse: 0 }
        for (let repeat = 0; repeat < repeats; repeat++) {
          const [one, other] = [random.uniform() < 0.5, random.uniform() < after]
          if (one) solved.before++
          if (other) solved.after++
          if (other && !one) solved.better++
          if (one && !other) solved.worse++
        }
        return solved
      })
      const sum = (of: (task: (typeof turned)[number]) => number): number =>
        turned.reduce((all, task) => all + of(task), 0)
      const cell = overall(
        turned.map(({ before }) => before),
        turned.map(({ after }) => after),
        repeats,
        [1, 2],
      )
      if ((cell?.p ?? 1) <= 0.05) found.clustered++
      if (
        mcNemar(
          sum(({ better }) => better),
          sum(({ worse }) => worse),
        ) <= 0.05
      )
        found.single++
    }
    return found
  }

  it.each([8, 30])(
    'are at most 5 % beyond chance over %d tasks, where trials taken as independent have many',
    (tasks) => {
      const { clustered, single } = alarms(tasks)
      // 29 of 300 or more happen once in 2,000 times at 5 %.
      expect(clustered).toBeLessThan(29)
      expect(single).toBeGreaterThan(runs / 4)
    },
  )
})

describe('the tests beneath', () => {
  it('are McNemar’s exact test where every task turned once', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (gained, lost) => {
        const differences = [...Array.from({ length: gained }, () => 1), ...Array.from({ length: lost }, () => -1)]
        expect(signFlip(differences)).toBeCloseTo(mcNemar(gained, lost), 12)
      }),
    )
  })

  it('count every choice of signs', () => {
    const some = fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 9 })
    fc.assert(
      fc.property(some, (differences) => {
        const observed = Math.abs(differences.reduce((sum, each) => sum + each, 0))
        const choices = Array.from({ length: 2 ** differences.length }, (_, choice) =>
          Math.abs(differences.reduce((sum, each, index) => sum + ((choice >> index) & 1 ? each : -each), 0)),
        )
        const chance = choices.filter((sum) => sum >= observed).length / choices.length
        expect(signFlip(differences)).toBeCloseTo(chance, 12)
        // Of another scale it is never less.
        const scaled = signFlip(differences.map((each) => each * 0.1))
        expect(scaled).toBeGreaterThanOrEqual(chance - 1e-12)
      }),
    )
  })

  it('are the two tails of which Student’s quantile is the inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        (tails, degrees) => {
          expect(studentTails(studentQuantile(1 - tails / 2, degrees), degrees)).toBeCloseTo(tails, 8)
        },
      ),
    )
  })
})
