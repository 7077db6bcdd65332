import { addCounts } from '../../objectives/add-counts.ts'
import { callsOf } from '../../objectives/dependencies/call-counts.ts'
import type { DependencySlo } from '../../objectives/dependencies/dependency-slo.ts'
import { judgeDependency } from '../../objectives/dependencies/judge-dependency.ts'
import type { AttributedFailure, Attribution } from '../attribution-schema.ts'
import type { MeasuredCondition } from '../measure-schema.ts'

/** A condition as far as its dependencies go. */
export type DependentCondition = Pick<MeasuredCondition, 'name' | 'tally' | 'attribution'>

/** The upstreams that did not keep their promise under a condition. */
export function breachedUpstreams({ tally }: DependentCondition, dependencies: readonly DependencySlo[]): Set<string> {
  const breached = dependencies.filter((slo) => judgeDependency(slo, callsOf(tally.upstreams, slo.upstream)).isBreached)
  return new Set(breached.map(({ upstream }) => upstream))
}

/**
 * Failed tasks that upstreams caused which broke their promise, by who it was.
 *
 * Only where a counterfactual says so: every set of faults that was found to cause the failure struck these upstreams
 * alone. Failures that were not examined, shared ones, and unexplained ones stay with the agent. Tasks in quarantine
 * spend nobody's budget.
 */
export function causedByDependencies(
  condition: DependentCondition,
  dependencies: readonly DependencySlo[],
): Readonly<Record<string, number>> {
  const breached = breachedUpstreams(condition, dependencies)
  const without = condition.tally.gated?.without ?? []
  return condition.attribution.causes
    .filter((cause) => isCausedBy(cause, breached) && !without.includes(cause.task))
    .reduce<Record<string, number>>((sum, { upstreams }) => addCounts(sum, { [reasonFor(upstreams)]: 1 }), {})
}

/** Failed tasks that one upstream caused alone. */
export function tasksCausedBy({ causes }: Attribution, upstream: string): number {
  return causes.filter((cause) => isCausedBy(cause, new Set([upstream]))).length
}

function isCausedBy({ bookedOn, upstreams }: AttributedFailure, some: ReadonlySet<string>): boolean {
  const isTheirs = bookedOn === 'provider' || bookedOn === 'tool'
  return isTheirs && upstreams.length > 0 && upstreams.every((upstream) => some.has(upstream))
}

function reasonFor(upstreams: readonly string[]): string {
  return `caused by ${upstreams.join(' and ')}`
}
