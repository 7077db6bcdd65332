import { inSeconds } from '../properties/virtual-time.ts'
import type { BreakerLane } from '../results/breaker-lane-schema.ts'
import { quantity } from '../results/quantity.ts'

/** One span of a declared breaker in words, for a row of a table. */
export interface BreakerSpanWords {
  readonly when: string
  readonly state: string
  /** `2 requests sent (1 success, 1 failure), 1 call refused`; empty for none. */
  readonly what: string
}

/** The spans of a breaker with what the agent did in each; calls count where they begin. */
export function breakerWords({ spans, requests, refusals }: BreakerLane): BreakerSpanWords[] {
  const isIn = (at: number, from: number, to: number, isLast: boolean) =>
    at >= from && (at < to || (isLast && at === to))
  const told = spans.map(({ from, to, state }, index): BreakerSpanWords => {
    const isLast = index === spans.length - 1
    const sent = requests.filter(({ at }) => isIn(at, from, to, isLast))
    const refused = refusals.filter((refusal) => isIn(refusal.to, from, to, isLast))
    return { when: `${inSeconds(from)} to ${inSeconds(to)}`, state, what: deeds(sent, refused.length) }
  })
  const until = spans.at(-1)?.to ?? 0
  const later = requests.filter(({ at }) => at > until)
  const refusedLater = refusals.filter(({ to }) => to > until)
  if (later.length + refusedLater.length === 0) return told
  return [
    ...told,
    { when: `after ${inSeconds(until)}`, state: 'nothing can be said', what: deeds(later, refusedLater.length) },
  ]
}

function deeds(sent: BreakerLane['requests'], refused: number): string {
  const classes = [...Map.groupBy(sent, (request) => request.class ?? 'never ended')]
  const outcomes = classes.map(([outcome, requests]) => `${requests.length} ${outcome}`).join(', ')
  return [
    ...(sent.length > 0 ? [`${quantity(sent.length, 'request')} sent (${outcomes})`] : []),
    ...(refused > 0 ? [`${quantity(refused, 'call')} refused`] : []),
  ].join(', ')
}
