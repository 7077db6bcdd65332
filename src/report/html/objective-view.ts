import { type ObjectiveGroup, type ObjectiveRow, objectiveGroups, whereSeen } from './objective-groups.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'

/** One objective as a line that opens: its worst condition, and below it all of them. */
export interface ObjectiveView extends Pick<ObjectiveRow, 'tone' | 'sign' | 'word'> {
  readonly anchor: string
  readonly title: string
  /** What was seen where it is worst: `99.58 % under rate limits, the worst of 5 conditions`. */
  readonly gist: string
  readonly rows: readonly ObjectiveRow[]
  readonly hasBudgets: boolean
  /** Whether it is not met somewhere, so that nobody has to look for where. */
  readonly isOpen: boolean
}

/** The objectives of a scenario, each once; those that are met everywhere are folded to a line. */
export function objectiveViews(measure: MeasureResult, index: number): ObjectiveView[] {
  return objectiveGroups(measure, index).map(objectiveView)
}

function objectiveView({ anchor, title, rows }: ObjectiveGroup): ObjectiveView {
  const [{ tone, sign, word, observed, outcome }] = rows
  return {
    ...{ anchor, title, rows, tone, sign, word },
    gist: `${observed} ${whereSeen(rows)}`,
    hasBudgets: rows.some(({ budget }) => budget !== null),
    isOpen: outcome !== 'kept',
  }
}
