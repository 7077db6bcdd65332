import type { TraceEvent } from '../contract/event.ts'
import type { OutcomeClass } from '../contract/outcome-class.ts'
import { type CallCounts, noCalls } from '../objectives/dependencies/call-counts.ts'

/** The calls of a trial by upstream and by class of outcome; one that never ended is indeterminate. */
export function measuredCalls(events: readonly TraceEvent[]): Record<string, CallCounts> {
  const upstreams = new Map<number, string>()
  const classes = new Map<number, OutcomeClass>()
  for (const event of events) {
    if (event.type === 'request.sent') upstreams.set(event.call, event.upstream)
    if (event.type === 'response.end' || event.type === 'request.failed' || event.type === 'request.aborted') {
      classes.set(event.call, event.class)
    }
  }
  const counts = new Map<string, CallCounts>()
  for (const [call, upstream] of upstreams) {
    const outcome = classes.get(call) ?? 'indeterminate'
    const known = counts.get(upstream) ?? noCalls
    counts.set(upstream, { ...known, [outcome]: known[outcome] + 1 })
  }
  return Object.fromEntries(counts)
}
