import { describe, expect, it } from 'vitest'
import { ShakedownError } from '../../src/contract/errors.ts'
import { statistics } from '../../src/statistics/statistics.ts'

const tally = { successes: 3, trials: 4 }
const mean = statistics.clusteredMean([statistics.clusterOfCounts(3, 4), statistics.clusterOfCounts(1, 4)])
const sequential = statistics.sequentialTest({ good: 0.95, bad: 0.9, alpha: 0.05, beta: 0.05 })

/** A call of each function that is fine. */
const calls: Record<keyof typeof statistics, unknown[]> = {
  benjaminiHochberg: [[0.1, 0.2]],
  binomialTest: [3, 4, 0.5],
  boundedSequence: [[0.1, 0.9], 0.05],
  brier: [[{ confidence: 0.9, isRight: true }]],
  calibrationError: [[{ confidence: 0.9, isRight: true }], 10],
  clopperPearson: [3, 4, 0.05],
  clusteredInterval: [mean, 0.05],
  clusteredMean: [[{ size: 4, sum: 3, sumOfSquares: 3 }]],
  clusterOf: [[1, 0]],
  clusterOfCounts: [3, 4],
  clusterOfPairs: [{ won: 1, lost: 2, tied: 3 }],
  confidenceSequence: [3, 4, 0.05],
  correlation: [
    [1, 0, 1],
    [1, 1, 0],
  ],
  designEffect: [4, 0.5],
  eBenjaminiHochberg: [[1, 2], 0.05],
  effectiveTrials: [mean, 0.05],
  eValue: [3, 4, 0.5],
  expectedTrials: [sequential],
  fewestTrials: [0.95, 0.05],
  holm: [[0.1, 0.2]],
  jeffreys: [3, 4, 0.05],
  kornGraubard: [[{ size: 4, sum: 3, sumOfSquares: 3 }], 0.05],
  logEValue: [3, 4, 0.5],
  mcNemar: [3, 4],
  meanEValue: [[1, 2]],
  meanPassHatK: [[tally], 2],
  midP: [3, 4, 0.05],
  newcombe: [tally, tally, 0.05],
  newcombePaired: [{ both: 1, firstOnly: 2, secondOnly: 3, neither: 4 }, 0.05],
  observedDesignEffect: [mean],
  pairedDifference: [[{ first: [1, 0], second: [0, 1] }]],
  passAtK: [3, 4, 2],
  passHatK: [3, 4, 2],
  passHatKRange: [0.5, 2],
  rejectsRate: [3, 4, 0.5, 0.05],
  sequentialCourse: [sequential, 0.9, 10],
  sequentialDecision: [sequential, 3, 4],
  sequentialTest: [{ good: 0.95, bad: 0.9, alpha: 0.05, beta: 0.05 }],
  tasksToCompare: [
    { difference: 0.1, varianceOverTasks: 0.2, first: { variance: 0.1, repeats: 2 }, power: 0.8, alpha: 0.05 },
  ],
  trialsToResolve: [{ rate: 0.95, target: 0.9, power: 0.8, alpha: 0.05, limit: 1_000 }],
  verdictChances: [10, 0.9, 0.8, 0.05],
  wald: [3, 4, 0.05],
  wilson: [3, 4, 0.05],
  wilsonCorrected: [3, 4, 0.05],
}

/** What another function returned is taken as it is, and scores are looked at once they are averaged. */
const derived = new Set<unknown>([mean, sequential, calls.clusterOf[0]])

/** Each number of a value, replaced by another one at a time. */
function replaced(value: unknown, by: number): unknown[] {
  if (typeof value === 'number') return [by]
  if (typeof value !== 'object' || value === null || derived.has(value)) return []
  return Object.entries(value).flatMap(([key, part]) =>
    replaced(part, by).map((other) =>
      Array.isArray(value)
        ? value.map((own: unknown, at) => (String(at) === key ? other : own))
        : { ...value, [key]: other },
    ),
  )
}

const call = (name: string, given: unknown[]): unknown =>
  (statistics[name as keyof typeof statistics] as (...input: unknown[]) => unknown)(...given)

function thrownBy(act: () => unknown): unknown {
  try {
    return { returned: act() }
  } catch (error) {
    return error
  }
}

describe('what cannot be is refused with a sentence and never turned into a number', () => {
  it.each(Object.entries(calls))('by %s', (name, given) => {
    call(name, given)
    for (const by of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const input of replaced(given, by) as unknown[][]) {
        // Evidence may be without bound.
        if (by > 0 && (name === 'meanEValue' || name === 'eBenjaminiHochberg') && Array.isArray(input[0])) continue
        const thrown = thrownBy(() => call(name, input))
        expect(
          ShakedownError.is(thrown),
          `${name}(${JSON.stringify(input)}) with ${by}: ${JSON.stringify(thrown)}`,
        ).toBe(true)
        expect((thrown as ShakedownError).kind).toBe('usage')
        expect((thrown as ShakedownError).message).toMatch(/: give .*\.$|or ask for less\.$/)
      }
    }
  })
})
