import { confidenceSequence } from '../statistics/confidence-sequence.ts'
import { fewestTrials } from '../statistics/fewest-trials.ts'
import { firstWhere } from '../statistics/first-where.ts'
import { trialsToResolve } from '../statistics/trials-to-resolve.ts'
import { verdictChances } from '../statistics/verdict-chances.ts'
import type { Reading } from './population.ts'

/** What a number of observations can say of a level, before they are made. */
export type Resolution =
  | { readonly kind: 'likely' }
  /** No number of them reaches it. */
  | { readonly kind: 'never' }
  /** They are too few, even if nothing goes wrong. */
  | { readonly kind: 'too few'; readonly fewest: number }
  /** They may reach it, and most likely do not. */
  | { readonly kind: 'unlikely'; readonly chance: number; readonly needed: number | null }

/** A chance of being shown below which somebody should know before the run. */
const wantedChance = 0.5

/** More looks than anybody makes. */
const mostTrials = 100_000_000

/**
 * Whether so many observations can show that a share is at least a level, and how likely they are to.
 *
 * The chance is that of an agent that fails half as often as the level allows: of one that is exactly as good as its level
 * nothing could be shown, and of a perfect one too much.
 *
 * @param level 0 to 1; for a share that is to be small, one minus its limit
 * @param observations trials, or tasks where the claim is about tasks like these
 */
export function resolutionOf(level: number, observations: number, reading: Reading): Resolution {
  if (level <= 0) return { kind: 'likely' }
  const fewest = fewestToShow(level, reading)
  if (fewest === null) return { kind: 'never' }
  if (observations < fewest) return { kind: 'too few', fewest }
  // What clusters and looks on the way do to the chance depends on how the tasks agree, and nobody knows that yet.
  if (reading.isSequential || reading.population === 'tasks like these') return { kind: 'likely' }
  const rate = (1 + level) / 2
  const chance = verdictChances(observations, rate, level).reached
  return chance >= wantedChance
    ? { kind: 'likely' }
    : { kind: 'unlikely', chance, needed: trialsToResolve({ rate, target: level }) }
}

/** The fewest observations that show a level if nothing goes wrong; null where none do. */
function fewestToShow(level: number, { isSequential }: Reading): number | null {
  if (level >= 1) return null
  if (!isSequential) return fewestTrials(level)
  return firstWhere((trials) => confidenceSequence(trials, trials)[0] >= level, 1, mostTrials)
}
