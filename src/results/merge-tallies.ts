import { compareText } from './compare-text.ts'
import type { Tally } from './tally.ts'

/** Adds two tallies of different trials; associative and commutative, with the empty tally as neutral element. */
export function mergeTallies(one: Tally, other: Tally): Tally {
  return {
    blocks: [...one.blocks, ...other.blocks].toSorted((a, b) => a.index - b.index || compareText(a.hash, b.hash)),
    trials: one.trials + other.trials,
    calls: one.calls + other.calls,
    virtualMs: one.virtualMs + other.virtualMs,
    ends: addCounts(one.ends, other.ends),
    triggers: addCounts(one.triggers, other.triggers),
    judged: addCounts(one.judged, other.judged),
    violations: mergeViolations(one.violations, other.violations),
    samples: mergeSamples(one.samples, other.samples),
    planned: addCounts(one.planned, other.planned),
    undelivered: addCounts(one.undelivered, other.undelivered),
    delivered: addCounts(one.delivered, other.delivered),
    exposure: mergeExposure(one.exposure, other.exposure),
    leftovers: addCounts(one.leftovers, other.leftovers),
    outside: [...new Set([...one.outside, ...other.outside])].toSorted(),
    problems: [...one.problems, ...other.problems].toSorted(
      (a, b) => a.trial - b.trial || compareText(a.kind, b.kind) || compareText(a.sentence, b.sentence),
    ),
  }
}

function addCounts(one: Tally['ends'], other: Tally['ends']): Tally['ends'] {
  return mergeRecords(one, other, (a, b) => a + b)
}

function mergeViolations(one: Tally['violations'], other: Tally['violations']): Tally['violations'] {
  return mergeRecords(one, other, (a, b) => ({
    trials: a.trials + b.trials,
    firstTrial: Math.min(a.firstTrial, b.firstTrial),
  }))
}

/** The counts of a family that one side alone has are put in order, too. */
function mergeExposure(one: Tally['exposure'], other: Tally['exposure']): Tally['exposure'] {
  const families = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted(compareText)
  return Object.fromEntries(
    families.map((family) => {
      return [family, addExposure(exposureIn(one, family), exposureIn(other, family))] as const
    }),
  )
}

function exposureIn(side: Tally['exposure'], family: string): Tally['exposure'][string] {
  return (Object.hasOwn(side, family) ? side[family] : undefined) ?? { trials: 0, judged: {}, violated: {} }
}

function addExposure(one: Tally['exposure'][string], other: Tally['exposure'][string]): Tally['exposure'][string] {
  return {
    trials: one.trials + other.trials,
    judged: addCounts(one.judged, other.judged),
    violated: addCounts(one.violated, other.violated),
  }
}

/** The counts of a property that one side alone has are put in order, too. */
function mergeSamples(one: Tally['samples'], other: Tally['samples']): Tally['samples'] {
  const merged = mergeRecords(one, other, addCounts)
  return Object.fromEntries(Object.entries(merged).map(([id, counts]) => [id, addCounts(counts, {})]))
}

/** Keys are put in order, so that the bytes do not depend on who came first. */
function mergeRecords<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  combine: (a: Value, b: Value) => Value,
): Record<string, Value> {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted(compareText)
  return Object.fromEntries(
    keys.map((key): [string, Value] => {
      const a = Object.hasOwn(one, key) ? one[key] : undefined
      const b = Object.hasOwn(other, key) ? other[key] : undefined
      if (a !== undefined && b !== undefined) return [key, combine(a, b)]
      return [key, (a ?? b) as Value]
    }),
  )
}
