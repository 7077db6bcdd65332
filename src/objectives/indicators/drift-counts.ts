import { z } from 'zod'
import { addCounts } from '../add-counts.ts'

const whole = z.int().min(0)

/** What became of the first and of the last turn of conversations of one length. */
export const driftPairsSchema = z.strictObject({
  both: whole,
  /** Solved at first and not at last: what drift looks like. */
  firstOnly: whole,
  lastOnly: whole,
  neither: whole,
  /** Conversations whose first or last turn is not counted, by reason. */
  excluded: z.record(z.string(), whole),
})

/** Conversations in counts: a conversation is the tasks of one user in one trial, in their order. */
export const driftCountsSchema = z.strictObject({
  /** By number of turns. */
  byTurns: z.record(z.string(), driftPairsSchema),
  /** Counted tasks by their place in the conversation, from 1. */
  places: z.record(z.string(), z.strictObject({ solved: whole, failed: whole })),
  /** Trials by the turns of their longest conversation: those of one trial share an agent. */
  trials: z.record(z.string(), whole),
})

export type DriftPairs = z.output<typeof driftPairsSchema>
export type DriftCounts = z.output<typeof driftCountsSchema>

export const noPairs: DriftPairs = { both: 0, firstOnly: 0, lastOnly: 0, neither: 0, excluded: {} }
export const noConversations: DriftCounts = { byTurns: {}, places: {}, trials: {} }

export function addDriftPairs(one: DriftPairs, other: DriftPairs): DriftPairs {
  return {
    both: one.both + other.both,
    firstOnly: one.firstOnly + other.firstOnly,
    lastOnly: one.lastOnly + other.lastOnly,
    neither: one.neither + other.neither,
    excluded: addCounts(one.excluded, other.excluded),
  }
}

/** Adds the conversations of different trials; associative and commutative. */
export function addDriftCounts(one: DriftCounts, other: DriftCounts): DriftCounts {
  return {
    byTurns: addTables(one.byTurns, other.byTurns, addDriftPairs),
    places: addTables(one.places, other.places, (a, b) => ({
      solved: a.solved + b.solved,
      failed: a.failed + b.failed,
    })),
    trials: addCounts(one.trials, other.trials),
  }
}

/** Adds the tables by their keys, which are put in order. */
function addTables<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  add: (a: Value, b: Value) => Value,
): Record<string, Value> {
  const sum = new Map(Object.entries(one))
  for (const [key, value] of Object.entries(other)) {
    const known = sum.get(key)
    sum.set(key, known === undefined ? value : add(known, value))
  }
  return Object.fromEntries([...sum].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The conversations of at least so many turns together. */
export function pairsFrom({ byTurns }: DriftCounts, turns: number): DriftPairs {
  return Object.entries(byTurns)
    .filter(([length]) => Number(length) >= turns)
    .reduce((sum, [, pairs]) => addDriftPairs(sum, pairs), noPairs)
}

/** Trials with a conversation of at least so many turns. */
export function trialsFrom({ trials }: DriftCounts, turns: number): number {
  return Object.entries(trials).reduce((sum, [longest, count]) => (Number(longest) >= turns ? sum + count : sum), 0)
}
