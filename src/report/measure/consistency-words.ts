import type { Consistency } from '../../objectives/consistency-schema.ts'
import type { MeasureResult, MeasuredCondition } from '../../results/measure-schema.ts'
import { underCondition } from '../../results/condition-words.ts'
import { percent, percentRange } from '../../results/percent.ts'
import { grouped, quantity } from '../../results/quantity.ts'

/** How consistently the tasks of one condition are solved, for a row of a table. */
export interface ConsistencyRow {
  readonly name: string
  readonly tasks: string
  /** Repeats of a task, `400` or `12 to 400`. */
  readonly repeats: string
  /** pass^k for each k of the table, `98.21 % (96.10 to 99.30 %)`; a dash where no task has so many repeats. */
  readonly every: readonly string[]
  /** Task success for tasks like these, with its interval clustered by task. */
  readonly likeThese: string
  readonly standardError: string
  readonly designEffect: string
}

/** What a scenario's tasks show of consistency under each condition. */
export interface ConsistencyTable {
  /** The numbers of repeats that all must be solved. */
  readonly ks: readonly number[]
  readonly rows: readonly ConsistencyRow[]
}

/** The table of a measure; null where no condition counted a task. */
export function consistencyTable({ conditions }: MeasureResult): ConsistencyTable | null {
  const known = conditions.flatMap(withConsistency)
  if (known.length === 0) return null
  const ks = [...new Set(known.flatMap(({ consistency }) => consistency.repeats.map(({ k }) => k)))].toSorted(
    (a, b) => a - b,
  )
  return { ks, rows: known.map(({ name, consistency }) => rowOf(name, consistency, ks)) }
}

/** The condition under which repeats agree least, in one sentence without its full stop; none without several repeated tasks. */
export function consistencyRemark({ conditions }: MeasureResult): string[] {
  const known = conditions.flatMap(withConsistency).flatMap(({ name, consistency }) => {
    const most = consistency.repeats.findLast(({ leftOut }) => leftOut === 0)
    return most === undefined || most.k < 2 || most.tasks < 2 ? [] : [{ name, most }]
  })
  const [first, ...others] = known
  if (first === undefined) return []
  const { name, most } = others.reduce(
    (worst, each) => (each.most.every.value < worst.most.every.value ? each : worst),
    first,
  )
  return [
    `consistency, worst ${underCondition(name)}: ${most.k} repeats of a task are all solved with a chance of ${shareText(most.every)}, over ${quantity(most.tasks, 'task')} like these`,
  ]
}

function withConsistency({ name, consistency }: MeasuredCondition): { name: string; consistency: Consistency }[] {
  return consistency === null ? [] : [{ name, consistency }]
}

function rowOf(name: string, consistency: Consistency, ks: readonly number[]): ConsistencyRow {
  const { tasks, fewestRepeats, mostRepeats, taskSuccess, repeats } = consistency
  return {
    name,
    tasks: grouped(tasks),
    repeats:
      fewestRepeats === mostRepeats ? grouped(mostRepeats) : `${grouped(fewestRepeats)} to ${grouped(mostRepeats)}`,
    every: ks.map((k) => {
      const found = repeats.find((one) => one.k === k)
      if (found === undefined) return '–'
      return `${shareText(found.every)}${found.leftOut === 0 ? '' : `, without ${quantity(found.leftOut, 'task')} of fewer repeats`}`
    }),
    likeThese: shareText(taskSuccess),
    standardError: taskSuccess.standardError === null ? '–' : `${(taskSuccess.standardError * 100).toFixed(2)} points`,
    designEffect: taskSuccess.designEffect === null ? '–' : taskSuccess.designEffect.toFixed(2),
  }
}

function shareText({ value, interval }: Consistency['taskSuccess'] | Consistency['repeats'][number]['every']): string {
  return `${percent(value)} (${percentRange(interval)})`
}
