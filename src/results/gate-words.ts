import type { DeclaredValue } from '../objectives/accuracy-declaration.ts'
import type { Objective } from '../objectives/objective-schema.ts'
import { shareLevel } from '../objectives/share-level.ts'
import { underCondition } from './condition-words.ts'
import { objectiveWanted } from './objective-words.ts'
import { exactPercent } from './percent.ts'
import { grouped } from './quantity.ts'

/** An objective before it is judged: `task success of at least 92 % under tool failures`. */
export function objectiveWords(objective: Objective, currency: string | null = null): string {
  const { under } = objective
  return `${levelWords(objective, currency)}${under === null ? '' : ` ${underCondition(under)}`}`
}

function levelWords(objective: Objective, currency: string | null): string {
  const { measure } = objective
  if (shareLevel(objective) === null) return objectiveWanted(objective, currency)
  if ('atLeast' in objective) return `${measure} of at least ${exactPercent(objective.atLeast)}`
  if ('percent' in objective) return `${objective.percent} % of tasks within ${grouped(objective.withinMs)} ms`
  if ('p99Ms' in objective) return `99 % of tasks within ${grouped(objective.p99Ms)} ms`
  return `${measure} of at most ${exactPercent(objective.atMost)}`
}

/** A declared value before it is checked: `declared task_success of at least 95 % of "status" under tool failures`. */
export function declaredWords({ metric, value, stratum, faultClass }: DeclaredValue): string {
  const of = stratum === undefined ? '' : ` of "${stratum}"`
  const where = faultClass === undefined ? '' : ` ${underCondition(faultClass)}`
  return `declared ${metric} of at least ${exactPercent(value)}${of}${where}`
}
