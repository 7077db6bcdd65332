import * as fc from 'fast-check'
import type { Fault } from '../../contract/fault.ts'
import { usageError } from '../../contract/errors.ts'
import { catalogueMember } from '../catalogue.ts'
import type { PlanSource } from './plan.ts'

/**
 * The same plan in every trial; when it causes a finding, the faults that it does not take are left out.
 *
 * @throws {ShakedownError} of kind `usage` where no fault is given, or one that the catalogue does not have
 */
export function always(...given: readonly (Fault | readonly Fault[])[]): PlanSource {
  const faults = given.flat()
  if (faults.length === 0) {
    throw usageError(
      'NO_FAULTS',
      'faults.always() was given no faults; name at least one, e.g. faults.provider.outage().',
    )
  }
  return { families: familiesOf(faults), arbitrary: fc.constant({ faults }), given: faults }
}

/**
 * Plans of several sources: each trial draws one source and takes its plan from that alone.
 *
 * @throws {ShakedownError} of kind `usage` where no source is given
 */
export function oneOf(...sources: readonly PlanSource[]): PlanSource {
  if (sources.length === 0) {
    throw usageError('NO_FAULTS', 'faults.oneOf() was given no sources; name at least one, e.g. faults.swarm(...).')
  }
  return {
    families: [...new Set(sources.flatMap(({ families }) => families))],
    arbitrary: fc.oneof(...sources.map(({ arbitrary }) => arbitrary)),
    given: sources.flatMap(({ given = [] }) => given),
    only: (isPossible) => oneOf(...sources.map((source) => source.only?.(isPossible) ?? source)),
  }
}

/** The families of some faults, each once. */
export function familiesOf(faults: readonly Pick<Fault, 'id'>[]): PlanSource['families'] {
  return [...new Set(faults.map(({ id }) => catalogueMember(id).family))]
}
