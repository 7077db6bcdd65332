import type { BreakerProfile } from '../contract/breaker-profile.ts'
import type { RequestAborted, RequestFailed, RequestSent, ResponseEnd, TraceEvent } from '../contract/event.ts'
import type { Profile } from '../contract/profile.ts'
import { AgentClock } from '../properties/agent-clock.ts'
import { BreakerFeed } from '../properties/breaker/breaker-feed.ts'
import type { BreakerInput } from '../properties/breaker/breaker-input.ts'
import { BreakerScope } from '../properties/breaker/breaker-scope.ts'
import type { BreakerLane } from '../results/breaker-lane-schema.ts'
import { breakerSpans } from './breaker-spans.ts'

/** What is gathered of one breaker while the trial is read. */
interface Gathered {
  readonly scope: BreakerScope
  readonly inputTimes: number[]
  /** When an input came that nothing permitted explains; null while all is explained. */
  stoppedAt: number | null
  readonly requests: Map<number, BreakerLane['requests'][number]>
  readonly refusals: BreakerLane['refusals']
}

/** The declared breakers of a trial, each with the states that its rule asks for and what the agent did; none without. */
export function breakerLanes(events: readonly TraceEvent[], profile: Profile): BreakerLane[] {
  const { breaker } = profile
  if (breaker === undefined) return []
  const feed = new BreakerFeed(profile, breaker)
  const gathered = new Map<string, Gathered>()
  const inputs: BreakerInput[] = []
  const laneOf = (upstream: string, task: number): Gathered => laneIn(gathered, breaker, upstream, task)
  const clock = new AgentClock()
  for (const event of events) {
    if (event.type === 'clock.jumped') clock.set(event)
    // The next instance knows nothing of the states of the one before.
    if (event.type === 'process.killed') for (const lane of gathered.values()) lane.stoppedAt ??= event.at
    for (const input of feed.take(event.type === 'task.ended' ? clock.corrected(event) : event)) {
      inputs.push(input)
      if (input.type !== 'elsewhere') take(laneOf(input.upstream, input.task), input, inputs)
    }
    if (isOfRequest(event) && feed.guards(event.upstream)) note(laneOf(event.upstream, event.task), event)
  }
  const endMs = events.at(-1)?.at ?? 0
  return [...gathered.values()].map((lane) => finished(lane, endMs))
}

function laneIn(lanes: Map<string, Gathered>, profile: BreakerProfile, upstream: string, task: number): Gathered {
  const owner = profile.sharedBy === 'task' ? task : null
  const key = `${owner ?? ''} ${upstream}`
  const known = lanes.get(key)
  if (known !== undefined) return known
  const scope = new BreakerScope(upstream, owner, { profile, deviation: null })
  const lane: Gathered = { scope, inputTimes: [], stoppedAt: null, requests: new Map(), refusals: [] }
  lanes.set(key, lane)
  return lane
}

/** Feeds the reference breaker until something contradicts it: what its state should be after that, nobody can say. */
function take(lane: Gathered, input: BreakerInput, inputs: readonly BreakerInput[]): void {
  const { scope } = lane
  if (input.type === 'refusal') {
    const { from, to, isClaimed } = input
    lane.refusals.push({ from: Math.floor(from), to: Math.ceil(to), isClaimed })
  }
  if (lane.stoppedAt !== null) return
  if (input.type !== 'refusal') lane.inputTimes.push(input.at)
  const isExplained = scope.feed(input, () => inputs.filter((known) => scope.concerns(known)))
  if (!isExplained || scope.isDone) lane.stoppedAt = input.at
}

type OfRequest = RequestSent | ResponseEnd | RequestFailed | RequestAborted

function isOfRequest(event: TraceEvent): event is OfRequest {
  const { type } = event
  return type === 'request.sent' || type === 'response.end' || type === 'request.failed' || type === 'request.aborted'
}

function note({ requests }: Gathered, event: OfRequest): void {
  const { call, at } = event
  if (event.type === 'request.sent') requests.set(call, { call, at, end: null, class: null })
  else requests.set(call, { call, at: requests.get(call)?.at ?? at, end: at, class: event.class })
}

function finished({ scope, inputTimes, stoppedAt, requests, refusals }: Gathered, endMs: number): BreakerLane {
  const { upstream, task } = scope
  return {
    upstream,
    task,
    spans: breakerSpans(scope.run, inputTimes, { stoppedAt, endMs }),
    requests: [...requests.values()],
    refusals,
  }
}
