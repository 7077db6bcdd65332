import * as fc from 'fast-check'
import type { Fault, FaultPlan, FaultTarget } from '../../contract/fault.ts'
import { usageError } from '../../contract/errors.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { FaultFamily } from '../catalogue-member.ts'
import { memberArbitrary } from './member.ts'

/** A member of the catalogue, aimed at a target. */
export interface FaultChoice {
  readonly id: string
  readonly target: FaultTarget
  /** Generates parameters in place of the member's own. */
  readonly parameters?: fc.Arbitrary<JsonObject>
}

/** Faults of one family to choose from; several sources make a swarm. */
export interface FaultSource {
  readonly family: FaultFamily
  /** Generates one of them. */
  readonly arbitrary: fc.Arbitrary<Fault>
  /** What it chooses from, where that is a list; other sources are taken as they are. */
  readonly choices?: readonly FaultChoice[]
}

/** A source that chooses among several. */
export function sourceOf(family: FaultFamily, choices: readonly FaultChoice[]): FaultSource {
  const faults = choices.map(({ id, target, parameters }) => memberArbitrary(id, target, parameters))
  return { family, choices, arbitrary: fc.oneof(...faults) }
}

/** Generates fault plans. */
export interface PlanSource {
  readonly families: readonly FaultFamily[]
  readonly arbitrary: fc.Arbitrary<FaultPlan>
  /** The faults that were given one by one, and not as choices: each of them is meant to strike. */
  readonly given?: readonly Fault[]
  /** The same without the choices that can strike nothing; a family of which none is left goes with them. */
  readonly only?: (isPossible: (choice: FaultChoice) => boolean) => PlanSource
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
  return { families, arbitrary, only: (isPossible) => swarmOf(flat, isPossible) }
}

/** A swarm that could strike nothing at all is left as it is: that it never does so is what the author has to be told. */
function swarmOf(sources: readonly FaultSource[], isPossible: (choice: FaultChoice) => boolean): PlanSource {
  const possible = sources.flatMap((source) => {
    const { choices: every = [] } = source
    if (every.every(isPossible)) return source
    const choices = every.filter(isPossible)
    return choices.length === 0 ? [] : sourceOf(source.family, choices)
  })
  return swarm(...(possible.length === 0 ? sources : possible))
}

/** One to four faults, in places that shrink to nothing one by one: an array gives up only its first elements. */
function faultsArbitrary(fault: fc.Arbitrary<Fault>): fc.Arbitrary<FaultPlan> {
  const place = fc.option(fault, { freq: 3 })
  return fc
    .tuple(...Array.from({ length: mostFaults }, () => place))
    .map((places) => ({ faults: places.filter((one) => one !== null) }))
    .filter(({ faults }) => faults.length > 0)
}
