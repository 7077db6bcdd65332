import type { DeclaredValue } from './accuracy-declaration.ts'
import { type ConditionCounts, metricRate } from './condition-counts.ts'
import { atLeastLevel } from './level.ts'
import type { MeasuredRate } from './measured-rate.ts'
import type { Metric } from './metric.ts'

/** What is checked of a declaration. */
interface Declared {
  readonly values: readonly DeclaredValue[]
  readonly minimumTrials: number
}

/** What became of one declared value under one condition. */
export interface DeclaredCheck {
  readonly metric: Metric
  readonly value: number
  /** Null: all tasks. */
  readonly stratum: string | null
  /** Null where no condition measures it. */
  readonly condition: string | null
  readonly verdict: 'upheld' | 'refuted' | 'inconclusive' | 'no claim' | 'unmeasured'
  readonly observed: MeasuredRate | null
}

/**
 * Checks every value of a declaration against what was counted.
 *
 * Upheld when the lower Clopper–Pearson bound reaches the value, refuted when the upper bound is below it, otherwise
 * inconclusive; too few trials make no claim. A value without a fault class is held against every condition for which
 * the declaration has no value of its own: a guarantee that ends where trouble begins has to say so.
 */
export function judgeDeclaration(declaration: Declared, conditions: readonly ConditionCounts[]): DeclaredCheck[] {
  return declaration.values.flatMap((declared) => {
    const spokenOf = conditions.filter((condition) => speaksOf(declaration, declared, condition))
    const checks = spokenOf.map((condition) => judgeValue(declaration, declared, condition))
    const measured = checks.filter(({ verdict }) => verdict !== 'unmeasured')
    // Attacks happen under some conditions only; that others have none is no gap.
    if (measured.length > 0 && declared.faultClass === undefined) return measured
    return checks.length > 0 ? checks : [unmeasured(declared, null)]
  })
}

function speaksOf({ values }: Pick<Declared, 'values'>, declared: DeclaredValue, condition: ConditionCounts): boolean {
  if (declared.faultClass !== undefined) return isOfClass(condition, declared.faultClass)
  return !values.some(
    ({ metric, stratum, faultClass }) =>
      metric === declared.metric &&
      stratum === declared.stratum &&
      faultClass !== undefined &&
      isOfClass(condition, faultClass),
  )
}

function isOfClass({ name, family }: ConditionCounts, faultClass: string): boolean {
  return name === faultClass || family === faultClass
}

function judgeValue({ minimumTrials }: Declared, declared: DeclaredValue, condition: ConditionCounts): DeclaredCheck {
  const { metric, value } = declared
  const stratum = declared.stratum ?? null
  const observed = metricRate(metric, condition, stratum)
  if (observed.exact === null) return unmeasured(declared, condition.name)
  const base = { metric, value, stratum, condition: condition.name, observed }
  if (observed.observations < minimumTrials) return { ...base, verdict: 'no claim' }
  const level = atLeastLevel(observed.exact, value)
  return { ...base, verdict: level === 'reached' ? 'upheld' : level === 'not reached' ? 'refuted' : 'inconclusive' }
}

function unmeasured({ metric, value, stratum }: DeclaredValue, condition: string | null): DeclaredCheck {
  return { metric, value, stratum: stratum ?? null, condition, verdict: 'unmeasured', observed: null }
}
