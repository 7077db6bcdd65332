import type { Fault } from '../contract/fault.ts'
import { allTasks } from '../objectives/condition-counts.ts'
import { consistencyOf } from '../objectives/consistency.ts'
import type { MeasureTally } from './measure-tally.ts'
import { countsOf } from './summarise-condition.ts'
import type { SurfaceCellResult, SurfaceResult } from './surface-schema.ts'

/** One set of trials of a surface, counted. */
export interface CountedCell {
  readonly name: string
  readonly paraphrased: number
  readonly intensity: number
  readonly faults: readonly Fault[]
  readonly tally: MeasureTally
}

/** Derives the reliability of each set of trials from its counts; the same counts give the same bytes. */
export function summariseSurface(repeats: number, cells: readonly CountedCell[]): SurfaceResult {
  return { repeats, cells: cells.map((cell) => summariseCell(repeats, cell)) }
}

function summariseCell(repeats: number, cell: CountedCell): SurfaceCellResult {
  const { name, paraphrased, intensity, faults, tally } = cell
  const consistency = consistencyOf(allTasks(countsOf({ name, family: null }, tally)).byTask, [1, repeats])
  const reached = consistency?.repeats.find(({ k }) => k === repeats)
  return {
    name,
    paraphrased,
    intensity,
    faults: [...faults],
    tally,
    tasks: reached?.tasks ?? 0,
    leftOut: reached?.leftOut ?? consistency?.tasks ?? 0,
    reliability: reached?.every ?? null,
    taskSuccess: consistency?.repeats[0]?.every ?? null,
  }
}
