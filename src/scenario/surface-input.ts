import { z } from 'zod'
import { usageError } from '../contract/errors.ts'
import { type Fault, faultSchema } from '../contract/fault.ts'
import { parseInput } from '../contract/parse.ts'
import type { Task } from '../contract/task.ts'
import { exactPercent } from '../results/percent.ts'
import { quantity } from '../results/quantity.ts'

/**
 * How reliable the agent is as its customers word things differently and the world gets worse: one set of trials for each
 * share of paraphrased tasks at each intensity of faults.
 */
export interface SurfaceInput {
  /** So many repeats of a task must all be solved; the reliability is the chance that they are (pass^k). */
  readonly repeats: number
  /** Shares of tasks that are worded as one of their `paraphrases`, e.g. `[0, 0.5, 1]`. */
  readonly paraphrased: readonly number[]
  /** How intense the faults are, e.g. `[0, 0.05, 0.2]`; at 0 there are none. */
  readonly intensities: readonly number[]
  /** The faults of an intensity above 0, e.g. `(rate) => [faults.tool('*').error({ rate })]`. */
  readonly faults: (intensity: number) => readonly Fault[]
  /** Trials of each set in a full run; enough for `repeats` of each task. */
  readonly trials: number
  /** Trials of each set in `run --quick`; default a tenth, at least 100. */
  readonly quickTrials?: number
}

/** One set of trials of a surface. */
export interface SurfaceCell {
  /** Unique among the conditions and cells of the measure. */
  readonly name: string
  readonly faults: readonly Fault[]
  readonly family: null
  /** Share of tasks that are paraphrased, 0 to 1. */
  readonly paraphrased: number
  readonly intensity: number
}

/** A surface, parsed. */
export interface Surface {
  readonly repeats: number
  readonly trials: number
  readonly quickTrials: number
  /** By share of paraphrased tasks, then by intensity, both ascending. */
  readonly cells: readonly SurfaceCell[]
}

const remedy = 'compare the field with docs/measuring.md'

const share = z.number().min(0).max(1)
const shares = z
  .array(share)
  .min(1)
  .refine((values) => new Set(values).size === values.length, { error: 'expected each share once' })

/** Read as a part of the measure, so that errors name the whole path. */
const surfaceSchema = z.strictObject({
  repeats: z.int().min(1).max(64),
  paraphrased: shares,
  intensities: shares,
  faults: z.custom<SurfaceInput['faults']>((value) => typeof value === 'function', {
    error: 'expected a function from an intensity to a list of faults',
  }),
  trials: z.int().min(1).max(1_000_000),
  quickTrials: z.int().min(1).optional(),
})

/** What a surface refers to in its scenario. */
interface SurfaceSurroundings {
  readonly tasks: readonly Task[]
  /** Whether each trial has one task, taken in turns, so that the repeats of a task are known beforehand. */
  readonly isInTurns: boolean
  /** Refuses faults that are not the catalogue's or can strike nothing. */
  readonly requireFaults: (name: string, faults: Fault[]) => void
}

/**
 * Reads the `surface` of a measure.
 *
 * @throws {ShakedownError} of kind `usage` naming the field; also for a task without paraphrases where some are to be used,
 * and for fewer trials than the repeats of all tasks take
 */
export function readSurface(input: unknown, place: string, surroundings: SurfaceSurroundings): Surface {
  const field = z.strictObject({ measure: z.strictObject({ surface: surfaceSchema }) })
  const { surface } = parseInput(field, { measure: { surface: input } }, place, remedy).measure
  const { repeats, trials } = surface
  const paraphrased = surface.paraphrased.toSorted((a, b) => a - b)
  const intensities = surface.intensities.toSorted((a, b) => a - b)
  if (paraphrased.some((one) => one > 0)) requireParaphrases(surroundings.tasks, place)
  const fewest = surroundings.isInTurns ? repeats * surroundings.tasks.length : repeats
  if (trials < fewest) {
    throw usageError(
      'SURFACE',
      `${place}: "measure.surface" asks for ${repeats} repeats of ${quantity(surroundings.tasks.length, 'task')} in ${quantity(trials, 'trial')}; make at least ${fewest} trials, or ask for fewer repeats.`,
    )
  }
  const faultsAt = new Map(intensities.map((one) => [one, faultsOf(surface.faults, one, place, surroundings)]))
  return {
    repeats,
    trials,
    quickTrials: surface.quickTrials ?? Math.min(trials, Math.max(100, fewest, Math.ceil(trials / 10))),
    cells: paraphrased.flatMap((each) =>
      intensities.map((intensity) => ({
        name: nameOf(each, intensity),
        faults: faultsAt.get(intensity) ?? [],
        family: null,
        paraphrased: each,
        intensity,
      })),
    ),
  }
}

function nameOf(paraphrased: number, intensity: number): string {
  return `${exactPercent(paraphrased)} paraphrased, faults at ${exactPercent(intensity)}`
}

function faultsOf(
  make: SurfaceInput['faults'],
  intensity: number,
  place: string,
  { requireFaults }: SurfaceSurroundings,
): Fault[] {
  if (intensity === 0) return []
  const where = `${place}: "measure.surface.faults" at ${intensity}`
  const { faults } = parseInput(
    z.strictObject({ faults: z.array(faultSchema).min(1) }),
    { faults: make(intensity) },
    where,
    remedy,
  )
  requireFaults(`surface at ${intensity}`, faults)
  return faults
}

function requireParaphrases(tasks: readonly Task[], place: string): void {
  const plain = tasks.find(({ paraphrases }) => paraphrases === undefined)
  if (plain === undefined) return
  throw usageError(
    'SURFACE',
    `${place}: "measure.surface" paraphrases tasks, and task "${plain.id}" has no \`paraphrases\`; give it other wordings of its input.`,
  )
}
