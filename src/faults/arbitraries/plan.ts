import * as fc from 'fast-check'
import type { Fault, FaultPlan } from '../../contract/fault.ts'
import { usageError } from '../../contract/errors.ts'
import type { FaultFamily } from '../catalogue-member.ts'

/** Generates single faults of one family; several make a swarm. */
export interface FaultSource {
  readonly family: FaultFamily
  readonly arbitrary: fc.Arbitrary<Fault>
}

/** Generates fault plans. */
export interface PlanSource {
  readonly families: readonly FaultFamily[]
  readonly arbitrary: fc.Arbitrary<FaultPlan>
}

const mostFaults = 4

/**
 * Swarm testing: each plan draws a random non-empty subset of the families and takes its faults from those alone.
 *
 * A little of everything in every plan hides deep failures, because faults mask each other.
 * Source: Groce et al., "Swarm Testing" (ISSTA 2012).
 *
 * @throws {ShakedownError} of kind `usage` where no source is given
 */
export function swarm(...sources: readonly (FaultSource | readonly FaultSource[])[]): PlanSource {
  const flat = sources.flat()
  if (flat.length === 0) {
    throw usageError('NO_FAULTS', 'faults.swarm() was given no faults; name at least one, e.g. faults.provider.all().')
  }
  const byFamily = Map.groupBy(flat, ({ family }) => family)
  const families = [...byFamily.keys()]
  const arbitrary = fc.subarray(families, { minLength: 1 }).chain((drawn) => {
    const choices = drawn.map((family) => fc.oneof(...(byFamily.get(family) ?? []).map((source) => source.arbitrary)))
    return faultsArbitrary(fc.oneof(...choices))
  })
  return { families, arbitrary }
}

/** One to four faults, in places that shrink to nothing one by one: an array gives up only its first elements. */
function faultsArbitrary(fault: fc.Arbitrary<Fault>): fc.Arbitrary<FaultPlan> {
  const place = fc.option(fault, { freq: 3 })
  return fc
    .tuple(...Array.from({ length: mostFaults }, () => place))
    .map((places) => ({ faults: places.filter((one) => one !== null) }))
    .filter(({ faults }) => faults.length > 0)
}
