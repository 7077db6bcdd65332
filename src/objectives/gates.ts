import { parseInput } from '../contract/parse.ts'
import type { Under } from './objectives.ts'
import { type RepeatGate, repeatGateSchema } from './repeat-gate-schema.ts'

/**
 * Gates on every single task over its repeats; each holds under every condition of the measure unless it names one.
 *
 * A mean hides a task that never works: here the failing ones are named.
 */
export const gates = {
  /**
   * Each task is solved in at least this share of its repeats, 0 to 1.
   *
   * Judged by the exact interval of each task: missed when one is surely below, undecided while one may be. With `of: 10`
   * by plain counting instead, on the first ten repeats of each task, e.g. 8 of 10.
   */
  eachTask: ({ atLeast, of = null, ...where }: { atLeast: number; of?: number | null } & Under): RepeatGate =>
    made({ gate: 'each task', atLeast, of }, where),
  /** For each task, the chance that `k` repeats are all solved is at least this, 0 to 1; judged by exact intervals. */
  passHatK: (k: number, atLeast: number, where: Under = {}): RepeatGate => made({ gate: 'pass^k', k, atLeast }, where),
}

function made(gate: Readonly<Record<string, unknown>>, { under }: Under): RepeatGate {
  return parseInput(
    repeatGateSchema,
    { ...gate, under: under ?? null },
    `gate "${String(gate['gate'])}"`,
    'give a share from 0 to 1, and a whole number of repeats',
  )
}
