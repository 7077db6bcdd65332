import { grouped, quantity } from '../results/quantity.ts'
import type { Results } from '../results/results-schema.ts'
import type { Tally } from '../results/tally.ts'
import { roundSpan } from './span.ts'

type Sized = Pick<Tally, 'trials' | 'calls' | 'virtualMs' | 'delivered'>

/** What a run adds up to over its scenarios. */
export interface RunTotals {
  readonly scenarios: number
  readonly trials: number
  readonly calls: number
  /** Virtual milliseconds. */
  readonly virtualMs: number
  /** Calls that a fault struck. */
  readonly delivered: number
}

/** Adds up searches and measures; a scenario whose fault-free run failed adds nothing but itself. */
export function runTotals({ scenarios }: Results): RunTotals {
  const tallies = scenarios.flatMap(({ search, measure }): Sized[] => [
    ...(search === null ? [] : [search.tally]),
    ...(measure?.conditions.map(({ tally }) => tally) ?? []),
  ])
  const sum = (of: (tally: Sized) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
  return {
    scenarios: scenarios.length,
    trials: sum(({ trials }) => trials),
    calls: sum(({ calls }) => calls),
    virtualMs: sum(({ virtualMs }) => virtualMs),
    delivered: sum(({ delivered }) => Object.values(delivered).reduce((total, count) => total + count, 0)),
  }
}

/** The size of a run in one line, with its seed. */
export function totalsText(results: Results): string {
  const { trials, calls, virtualMs, delivered } = runTotals(results)
  return `${quantity(trials, 'trial')}, ${quantity(calls, 'call')}, ${grouped(delivered)} of them struck by faults, ${roundSpan(virtualMs)} of virtual time, seed ${results.seed}`
}
