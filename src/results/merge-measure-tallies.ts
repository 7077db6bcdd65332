import { addCounts } from '../objectives/add-counts.ts'
import { addCalls } from '../objectives/dependencies/call-counts.ts'
import { addJudgedCounts } from './add-judged-counts.ts'
import { compareText } from './compare-text.ts'
import { nothingJudged } from './judged-counts.ts'
import { type MeasureTally, mostFailuresKept } from './measure-tally.ts'

/**
 * Adds two tallies of different trials of one condition; associative and commutative.
 *
 * @param mostFailures failures that are kept to be attributed
 */
export function mergeMeasureTallies(
  one: MeasureTally,
  other: MeasureTally,
  mostFailures: number = mostFailuresKept,
): MeasureTally {
  return {
    blocks: [...one.blocks, ...other.blocks].toSorted(
      (a, b) => a.index - b.index || compareText(a.hash, b.hash) || compareText(String(a.outcomes), String(b.outcomes)),
    ),
    trials: one.trials + other.trials,
    calls: one.calls + other.calls,
    virtualMs: one.virtualMs + other.virtualMs,
    ends: addCounts(one.ends, other.ends),
    delivered: addCounts(one.delivered, other.delivered),
    ...addJudgedCounts(one, other),
    gated: mergeGated(one.gated, other.gated),
    upstreams: addCalls(one.upstreams, other.upstreams),
    breakerOpens: addCounts(one.breakerOpens, other.breakerOpens),
    // The first of the first ones are the first of all.
    failures: [...one.failures, ...other.failures]
      .toSorted((a, b) => a.trial - b.trial || a.index - b.index || compareText(a.problem, b.problem))
      .slice(0, mostFailures),
    problems: [...one.problems, ...other.problems].toSorted(
      (a, b) => a.trial - b.trial || compareText(a.sentence, b.sentence),
    ),
  }
}

/** What is left out is the same in all blocks of a run; a tally of no trials leaves out nothing. */
function mergeGated(one: MeasureTally['gated'], other: MeasureTally['gated']): MeasureTally['gated'] {
  const without = (one ?? other)?.without
  return without === undefined ? null : { without, ...addJudgedCounts(one ?? nothingJudged, other ?? nothingJudged) }
}
