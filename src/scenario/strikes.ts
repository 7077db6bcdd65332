import type { TraceEvent } from '../contract/event.ts'
import type { Fault, FaultPlan } from '../contract/fault.ts'

/** One call that one fault of a plan struck. */
export interface Strike {
  /** Index of the fault in the plan. */
  readonly fault: number
  /** Ordinal of the call among those that reach the fault's target, from 1. */
  readonly occurrence: number
  /** Name of the upstream that was called. */
  readonly upstream: string
}

/**
 * What the faults of a plan struck in a trial, in the order of the calls.
 *
 * A rate says how often a fault may strike; this says when it did, so that one strike can be taken away. Of two faults
 * that would answer the same call only the one that did is told.
 */
export function strikesOf(events: readonly TraceEvent[], { faults }: FaultPlan): Strike[] {
  const sent = events.filter((event) => event.type === 'request.sent').toSorted((a, b) => a.call - b.call)
  const callsOf = faults.map(({ target }) =>
    sent
      .filter(({ kind, upstream }) => kind === target.kind && (target.name === '*' || target.name === upstream))
      .map(({ call }) => call),
  )
  return events.flatMap((event) => {
    if (event.type !== 'fault.injected') return []
    // The second act of a fault, e.g. a model that follows a planted text, strikes no call of its target.
    const occurrence = (callsOf[event.fault]?.indexOf(event.call) ?? -1) + 1
    return occurrence > 0 ? [{ fault: event.fault, occurrence, upstream: event.upstream }] : []
  })
}

/** The plan that strikes there and nowhere else; each fault keeps its place and its draws. */
export function planOfStrikes({ faults }: FaultPlan, strikes: readonly Strike[]): FaultPlan {
  return {
    faults: faults.flatMap((fault: Fault, index) => {
      const only = strikes.filter((strike) => strike.fault === index).map(({ occurrence }) => occurrence)
      return only.length > 0 ? [{ ...fault, only: only.toSorted((a, b) => a - b) }] : []
    }),
  }
}
