import type { BreakerLane } from '../../results/breaker-lane-schema.ts'
import { type LaneLayout, placeOf } from './lane-layout.ts'

/** A breaker placed on a lane chart, in pixels from the left edge of its lanes. */
export interface BreakerLayout {
  readonly name: string
  readonly spans: readonly {
    readonly fromX: number
    readonly toX: number
    readonly span: BreakerLane['spans'][number]
  }[]
  readonly requests: readonly {
    readonly fromX: number
    /** Null for a request that never ended. */
    readonly toX: number | null
    readonly request: BreakerLane['requests'][number]
  }[]
  readonly refusals: readonly { readonly x: number; readonly refusal: BreakerLane['refusals'][number] }[]
}

/**
 * Places a breaker below the lanes of its timeline: requests exactly at their marks, times in between by proportion.
 *
 * Requests whose entries were left out of the drawing are left out here too.
 */
export function breakerLayout(lane: BreakerLane, layout: LaneLayout): BreakerLayout {
  const { marks } = layout
  const place = (at: number) => xOf(at, lane.upstream, layout)
  return {
    name: breakerName(lane),
    spans: lane.spans.map((span) => ({ fromX: place(span.from), toX: place(span.to), span })),
    requests: lane.requests.flatMap((request) => {
      const ofCall = marks.filter(({ shown }) => shown.entry.call === request.call)
      const [first, last] = [ofCall[0], ofCall.at(-1)]
      if (first === undefined || last === undefined) return []
      return [{ fromX: first.x, toX: request.end === null ? null : last.x, request }]
    }),
    refusals: lane.refusals.map((refusal) => ({ x: place(refusal.to), refusal })),
  }
}

/** What the lane of a breaker is called. */
export function breakerName({ upstream, task }: BreakerLane): string {
  return `breaker ${upstream}${task === null ? '' : `, task ${task}`}`
}

/** The first mark of the upstream at that very time; else where the time itself is. */
function xOf(at: number, upstream: string, layout: LaneLayout): number {
  const exact = layout.marks.find(({ shown: { entry } }) => entry.at === at && entry.upstream === upstream)
  return exact?.x ?? placeOf(at, layout)
}
