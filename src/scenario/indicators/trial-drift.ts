import { type DriftCounts, type DriftPairs, noPairs } from '../../objectives/indicators/drift-counts.ts'
import type { MeasuredTask } from '../measured-task.ts'

/** What the conversations of one trial show of drift: a conversation is the tasks of one user, in their order. */
export function trialDrift(tasks: readonly MeasuredTask[]): DriftCounts {
  const byTurns: Record<string, DriftPairs> = {}
  const places: Record<string, { solved: number; failed: number }> = {}
  let longest = 0
  for (const turns of Map.groupBy(tasks, ({ task }) => task.user ?? null).values()) {
    const [first, last] = [turns[0], turns.at(-1)]
    if (first === undefined || last === undefined || turns.length < 2) continue
    const known = byTurns[turns.length] ?? noPairs
    byTurns[turns.length] = withPair(known, first, last)
    longest = Math.max(longest, turns.length)
    for (const [index, { excluded, problem }] of turns.entries()) {
      if (excluded !== null) continue
      const place = (places[index + 1] ??= { solved: 0, failed: 0 })
      place[problem === null ? 'solved' : 'failed']++
    }
  }
  return { byTurns, places, trials: longest === 0 ? {} : { [longest]: 1 } }
}

function withPair(pairs: DriftPairs, first: MeasuredTask, last: MeasuredTask): DriftPairs {
  const reason = first.excluded ?? last.excluded
  if (reason !== null) return { ...pairs, excluded: { ...pairs.excluded, [reason]: (pairs.excluded[reason] ?? 0) + 1 } }
  const at =
    first.problem === null
      ? last.problem === null
        ? 'both'
        : 'firstOnly'
      : last.problem === null
        ? 'lastOnly'
        : 'neither'
  return { ...pairs, [at]: pairs[at] + 1 }
}
