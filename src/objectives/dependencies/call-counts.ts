import { z } from 'zod'
import type { OutcomeClass } from '../../contract/outcome-class.ts'

const count = z.int().min(0)

/** Calls of one upstream by the class of their outcome, as they crossed the wire; a call is an attempt. */
export const callCountsSchema = z.strictObject({
  success: count,
  failure: count,
  neutral: count,
  indeterminate: count,
}) satisfies z.ZodType<Readonly<Record<OutcomeClass, number>>>

export type CallCounts = z.output<typeof callCountsSchema>

/** Calls by the name of their upstream. */
export type CallsByUpstream = Readonly<Record<string, CallCounts>>

/** The counts of no call: the neutral element of the sum. */
export const noCalls: CallCounts = { success: 0, failure: 0, neutral: 0, indeterminate: 0 }

/** Adds calls upstream by upstream; associative and commutative, and names are put in order. */
export function addCalls(one: CallsByUpstream, other: CallsByUpstream): Record<string, CallCounts> {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted()
  return Object.fromEntries(names.map((name) => [name, sumOf(callsOf(one, name), callsOf(other, name))] as const))
}

/** The calls of one upstream; none where it was never called. */
export function callsOf(calls: CallsByUpstream, upstream: string): CallCounts {
  return (Object.hasOwn(calls, upstream) ? calls[upstream] : undefined) ?? noCalls
}

function sumOf(one: CallCounts, other: CallCounts): CallCounts {
  return {
    success: one.success + other.success,
    failure: one.failure + other.failure,
    neutral: one.neutral + other.neutral,
    indeterminate: one.indeterminate + other.indeterminate,
  }
}
