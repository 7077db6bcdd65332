import type { Backoff, Profile } from '../../contract/profile.ts'
import type { Judge } from '../../contract/property.ts'
import type { Attempt } from './attempt-ledger.ts'
import { roundingMs, waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'
import { isGuarded } from './is-guarded.ts'
import { alpha, concludeJitter, tolerated } from './jitter-conclusion.ts'
import { bucketOf, buckets, firstAlike } from './jitter-law.ts'
import { readRetryHint } from './retry-hint.ts'

/** A wait that counts once its longest possible end has passed without anything that would have cut it off. */
interface Pending {
  readonly upstream: string
  readonly dueAt: number
  readonly attempt: Attempt
  readonly key: string
}

interface Rules {
  readonly profile: Profile
  readonly backoff: Backoff
  readonly startedAt: Map<number, number>
  /** The last two unsuccessful ends and the last end of any kind, by upstream. */
  readonly ends: Map<string, { readonly bad: Attempt[]; last: Attempt | null; before: Attempt | null }>
  pending: Pending[]
}

/** R6: waits are spread as declared, so that clients do not come back together. */
export const jitter = defineRetryProperty<Rules>({
  id: 'R6',
  name: 'retry.jitter',
  kind: 'statistical',
  statement: `Over all trials of a search, the waits after answers without a hint are spread over their declared ranges as the declared law says: uniformly for jitter, by a chi-square test over ${buckets} buckets of each range (α = ${alpha}, and a distance of more than ${tolerated} in total variation; whichever way of rounding fits best), and with one value for each range where no jitter is declared. Waits that the deadline or a guard of the agent's could have cut off are left out.`,
  applies: 'where the profile declares `retry.backoff`.',
  begin: ({ profile }) => {
    const backoff = profile.retry?.backoff
    return backoff ? { profile, backoff, startedAt: new Map(), ends: new Map(), pending: [] } : null
  },
  on: {
    'task.started': ({ startedAt }, event) => void startedAt.set(event.task, event.at),
  },
  sent: (rules, attempt, judge) => {
    flush(rules, attempt.sentAt, judge)
    const wait = waitOf(rules, attempt)
    if (wait) rules.pending.push(wait)
  },
  ended: (rules, attempt, judge) => {
    flush(rules, attempt.endedAt ?? 0, judge)
    noteEnd(rules, attempt)
    if (!didNotSucceed(attempt) || !isGuarded(rules.profile, attempt)) return
    // A breaker that this end opens would have cut off the longer waits, and only those.
    rules.pending = rules.pending.filter((wait) => wait.upstream !== attempt.upstream || isFollowedBy(wait, attempt))
  },
  end: (rules, judge) => flush(rules, Infinity, judge),
  conclude: (samples, { profile }) => concludeJitter(samples, profile.retry?.backoff),
})

function flush(rules: Rules, now: number, judge: Judge): void {
  if (rules.pending.length === 0) return
  rules.pending = rules.pending.filter((wait) => {
    if (wait.dueAt > now) return true
    judge.trigger()
    judge.sample(wait.key)
    return false
  })
}

function waitOf(rules: Rules, attempt: Attempt): Pending | null {
  const { backoff, profile } = rules
  const { previous, sentAt, upstream } = attempt
  if (!previous || previous.endedAt === null) return null
  if (readRetryHint(previous.headers, previous.endedAt).kind !== 'none') return null
  const { lowestMs, highestMs } = waitsAfter(backoff, previous.attempt)
  const waitMs = sentAt - previous.endedAt
  if (waitMs < lowestMs - roundingMs || waitMs > highestMs + roundingMs) return null
  const dueAt = previous.endedAt + highestMs
  if (dueAt > (rules.startedAt.get(attempt.task) ?? 0) + (profile.timeouts?.taskMs ?? Infinity)) return null
  if (isGuarded(profile, attempt) && mayHaveBeenHeld(rules, attempt, previous)) return null
  const k = firstAlike(backoff, previous.attempt)
  const place = backoff.jitter === 'none' ? waitMs - Math.round(highestMs) : bucketOf(waitMs, backoff, k)
  return { upstream, dueAt, attempt, key: `${k} ${place}` }
}

/** Whether an attempt is the one that was waited for, or a later one of the same call. */
function isFollowedBy(wait: Pending, attempt: Attempt): boolean {
  let one: Attempt | null = attempt
  while (one && one !== wait.attempt && one.sentAt >= wait.attempt.sentAt) one = one.previous
  return one === wait.attempt
}

/** Whether others failed during the wait, so that a breaker may have opened, or one made room just when it ended. */
function mayHaveBeenHeld({ ends }: Rules, { sentAt, upstream }: Attempt, previous: Attempt): boolean {
  const seen = ends.get(upstream)
  if (!seen) return false
  if ([seen.last, seen.before].some((one) => one && one !== previous && one.endedAt === sentAt)) return true
  return seen.bad.some((one) => one !== previous && (one.endedAt ?? 0) >= (previous.endedAt ?? 0))
}

function noteEnd({ ends }: Rules, attempt: Attempt): void {
  const seen = ends.get(attempt.upstream) ?? { bad: [], last: null, before: null }
  seen.before = seen.last
  seen.last = attempt
  if (didNotSucceed(attempt)) {
    seen.bad.push(attempt)
    if (seen.bad.length > 2) seen.bad.shift()
  }
  ends.set(attempt.upstream, seen)
}
