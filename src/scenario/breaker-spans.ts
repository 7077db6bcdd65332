import type { BreakerRun } from '../properties/breaker/breaker-run.ts'
import type { BreakerState } from '../properties/breaker/breaker-state.ts'
import type { BreakerLane } from '../results/breaker-lane-schema.ts'

type Span = BreakerLane['spans'][number]

/** Until when the states of a run mean something. */
export interface BreakerSpanLimits {
  /** When an input came that nothing permitted explains; null where all was explained. */
  readonly stoppedAt: number | null
  /** When the trial ended. */
  readonly endMs: number
}

/**
 * The states that a breaker should be in, as spans of virtual time.
 *
 * A breaker that is open stays so until a probe may be sent, also where the agent has broken the rule meanwhile; of what
 * comes after that nothing is said then.
 *
 * @param inputTimes when the run was fed, ascending
 */
export function breakerSpans(
  run: BreakerRun,
  inputTimes: readonly number[],
  { stoppedAt, endMs }: BreakerSpanLimits,
): Span[] {
  const states = run.statesBetween(0, endMs)
  const opened = states.flatMap((state) =>
    state.kind === 'closed' ? [] : [state.openedAt, ...(state.kind === 'open' ? [state.probeFrom] : [])],
  )
  const until = stoppedAt === null ? endMs : Math.min(endMs, Math.max(stoppedAt, ...latestProbes(run)))
  const bounds = [...new Set([0, ...inputTimes, ...opened, until])]
    .filter((at) => at <= until)
    .toSorted((a, b) => a - b)
  return merged(
    bounds.slice(0, -1).map((from, index) => {
      const to = bounds[index + 1] ?? from
      // Between two bounds nothing changes: any time inside tells of all of them.
      const inside = (from + to) / 2
      return { from, to, state: stateOf(run.statesBetween(inside, inside), inside) }
    }),
  )
}

function latestProbes(run: BreakerRun): number[] {
  return run.states.flatMap((state) => (state.kind === 'open' ? [state.probeFrom] : []))
}

function stateOf(states: readonly BreakerState[], at: number): Span['state'] {
  const kinds = new Set(
    states.map((state) => (state.kind === 'open' && at >= state.probeFrom ? 'half-open' : state.kind)),
  )
  const [only] = kinds
  return kinds.size === 1 && only !== undefined ? only : 'undecided'
}

function merged(spans: readonly Span[]): Span[] {
  return spans.reduce<Span[]>((before, span) => {
    const last = before.at(-1)
    return last?.state === span.state ? [...before.slice(0, -1), { ...last, to: span.to }] : [...before, span]
  }, [])
}
