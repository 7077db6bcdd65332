import { z } from 'zod'
import { addCounts } from '../add-counts.ts'
import { addIndicatorCounts, indicatorCountsSchema, nothingCounted } from './indicator-counts.ts'
import { addWholeSums, noSums, wholeSumsSchema } from './whole-sums.ts'

const counts = z.record(z.string(), z.int().min(0))

/** The indicators of tasks that are drawn from the wire, in counts; docs/measuring.md says how each is counted. */
export const taskIndicatorsSchema = z.strictObject({
  availability: indicatorCountsSchema,
  correctness: indicatorCountsSchema,
  hallucination: indicatorCountsSchema,
  /** Counted tasks by how many agents, one behind the other, they were passed on by. */
  delegationDepth: counts,
  /** Tokens of all model calls of each counted task; cached ones are part of the input. */
  tokens: z.strictObject({
    input: wholeSumsSchema,
    cachedInput: wholeSumsSchema,
    output: wholeSumsSchema,
    total: wholeSumsSchema,
  }),
  cost: z.strictObject({
    /** Counted tasks whose cost is known, in millionths of a millionth of the currency. */
    known: wholeSumsSchema,
    /** Those whose cost is not, by reason: an unknown cost is not 0. */
    unknown: counts,
  }),
})

export type TaskIndicators = z.output<typeof taskIndicatorsSchema>

/** The indicators of no task: the neutral element of the sum. */
export const noIndicators: TaskIndicators = {
  availability: nothingCounted,
  correctness: nothingCounted,
  hallucination: nothingCounted,
  delegationDepth: {},
  tokens: { input: noSums, cachedInput: noSums, output: noSums, total: noSums },
  cost: { known: noSums, unknown: {} },
}

/** Adds the indicators of different tasks; associative and commutative. */
export function addTaskIndicators(one: TaskIndicators, other: TaskIndicators): TaskIndicators {
  return {
    availability: addIndicatorCounts(one.availability, other.availability),
    correctness: addIndicatorCounts(one.correctness, other.correctness),
    hallucination: addIndicatorCounts(one.hallucination, other.hallucination),
    delegationDepth: addCounts(one.delegationDepth, other.delegationDepth),
    tokens: {
      input: addWholeSums(one.tokens.input, other.tokens.input),
      cachedInput: addWholeSums(one.tokens.cachedInput, other.tokens.cachedInput),
      output: addWholeSums(one.tokens.output, other.tokens.output),
      total: addWholeSums(one.tokens.total, other.tokens.total),
    },
    cost: {
      known: addWholeSums(one.cost.known, other.cost.known),
      unknown: addCounts(one.cost.unknown, other.cost.unknown),
    },
  }
}
