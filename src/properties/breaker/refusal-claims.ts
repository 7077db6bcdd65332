import type { TaskEnded } from '../../contract/event.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Sign } from './blame.ts'
import type { BreakerFeed } from './breaker-feed.ts'
import type { BreakerScope } from './breaker-scope.ts'
import { claimedRefusals } from './local-refusals.ts'

type Claim = ReturnType<typeof claimedRefusals>[number]

/** Judges what an outcome says of the calls that breakers refused: that it is told truly (B23) and heeded (B24). */
export function judgeClaims(
  event: TaskEnded,
  feed: BreakerFeed,
  scopeOf: (upstream: string) => BreakerScope,
): readonly Sign[] {
  const claims = claimedRefusals(event).filter(({ upstream }) => feed.guards(upstream))
  const error = event.outcome.claims?.error
  const requests = feed.book.of(event.task).requests
  const isRefused = claims.some(({ upstream }) => upstream === error?.upstream)
  const disguised =
    error && isRefused && error.status !== null && (requests.get(error.upstream) ?? 0) === 0
      ? `it reports status ${error.status} of ${quote(error.upstream)}, which it refused to call and never called`
      : null
  const wrong = disguised ?? claims.flatMap((claim) => whatIsWrong(claim, event, feed, scopeOf) ?? [])[0]
  const told = claims.map((): Sign => ({ property: 'B23', witness: null }))
  return [...told, ...(wrong === undefined ? [] : [sign('B23', wrong, event)]), ...judgeRepeats(claims, event, feed)]
}

function whatIsWrong(
  claim: Claim,
  event: TaskEnded,
  feed: BreakerFeed,
  scopeOf: (upstream: string) => BreakerScope,
): string | null {
  const { at, retryAfterMs, upstream } = claim
  if (at < feed.book.of(event.task).startedAt || at > event.at)
    return `it claims to have refused a call to ${quote(upstream)} at ${inSeconds(at)}, when it was not running`
  const scope = scopeOf(upstream)
  if (retryAfterMs === undefined || scope.isDone) return null
  const states = scope.run.statesBetween(at, at)
  const open = states.flatMap((state) => (state.kind === 'open' ? [state] : []))
  const isFitting = open.some(
    ({ probeFrom, refuseUntil }) => at + retryAfterMs > probeFrom - 1 && at + retryAfterMs < refuseUntil + 1,
  )
  const first = open[0]
  if (!first || isFitting || states.some(({ kind }) => kind === 'half-open')) return null
  return `its refusal of a call to ${quote(upstream)} at ${inSeconds(at)} says to wait ${inSeconds(retryAfterMs)}, but the breaker, open since ${inSeconds(first.openedAt)}, lets a probe through from ${inSeconds(first.probeFrom)}`
}

/** A tool may be refused once for each time that a model asked for it; a model once for each source that asks it. */
function judgeRepeats(claims: readonly Claim[], event: TaskEnded, feed: BreakerFeed): readonly Sign[] {
  const signs: Sign[] = []
  for (const [upstream, refusals] of Map.groupBy(claims, (claim) => claim.upstream)) {
    if (refusals.length > 0) signs.push({ property: 'B24', witness: null })
    const allowed = feed.callersOf(upstream, event.task)
    const tooSoon = refusals.find((later, index) => {
      const earlier = refusals[index - allowed]
      return earlier?.retryAfterMs !== undefined && later.at < earlier.at + earlier.retryAfterMs
    })
    if (!tooSoon) continue
    const times = refusals.map(({ at }) => inSeconds(at)).join(', ')
    signs.push(
      sign(
        'B24',
        `it tried ${quote(upstream)} again before the time that its refusal gave: refused at ${times}`,
        event,
      ),
    )
  }
  return signs
}

function sign(property: string, what: string, { id, at }: TaskEnded): Sign {
  return { property, witness: { sentence: `task ${quote(id)} ended at ${inSeconds(at)}: ${what}`, at, calls: [] } }
}
