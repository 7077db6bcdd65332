import type { Profile } from '../../contract/profile.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { ownTimeout } from '../own-timeout.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { roundingMs, waitsAfter } from './backoff-law.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'
import { isGuarded } from './is-guarded.ts'
import { readRetryHint } from './retry-hint.ts'

/** What a logical call has lasted up to an attempt that is under way, and what it may have. */
interface Span {
  readonly first: Attempt
  /** What of {@link Rules.lostMs} was lost before it began. */
  readonly lostBeforeMs: number
  readonly lastedMs: number
  readonly allowedMs: number
}

interface Rules {
  readonly profile: Profile
  /** Milliseconds for which the process was blocked so far, or its timers were late: nobody could settle anything then. */
  lostMs: number
  readonly open: Map<Attempt, Span>
  /** Spans of attempts that did not succeed, for the attempt that may follow. */
  readonly ended: WeakMap<Attempt, Span>
}

/** R16: a logical call settles, one way or another, within what its timeouts and waits add up to. */
export const giveUp = defineRetryProperty<Rules>({
  id: 'R16',
  name: 'retry.give-up',
  kind: 'liveness',
  statement:
    'A logical call lasts no longer than the declared timeout for each of its attempts and the longest declared wait, or the wait that a header asked for, after each but the last, with 1 ms of tolerance for each wait. What a declared breaker, bulkhead or rate limit holds an attempt back beyond that does not count, nor does time in which the process was blocked or its timers were late.',
  applies:
    'where the profile declares `retry.backoff` and one of `timeouts.modelMs` and `timeouts.toolMs`, to the calls of that kind.',
  begin: ({ profile }) => {
    const { retry, timeouts } = profile
    if (!retry?.backoff || (timeouts?.modelMs ?? timeouts?.toolMs) === undefined) return null
    return { profile, lostMs: 0, open: new Map(), ended: new WeakMap() }
  },
  sent: (rules, attempt) => {
    const timeoutMs = ownTimeout(rules.profile, attempt)?.ms ?? null
    if (timeoutMs !== null) rules.open.set(attempt, spanUpTo(rules, attempt, timeoutMs))
  },
  ended: (rules, attempt, judge) => {
    const { open, ended } = rules
    const span = open.get(attempt)
    if (!span) return
    open.delete(attempt)
    if (didNotSucceed(attempt)) {
      judge.trigger()
      ended.set(attempt, span)
    }
    judgeLength(rules, span, attempt, attempt.endedAt ?? attempt.sentAt, judge)
  },
  on: {
    'process.blocked': (rules, { forMs }) => {
      rules.lostMs += forMs
    },
    'timers.late': (rules, { at, untilMs, spanMs }) => {
      rules.lostMs += untilMs - at + spanMs
    },
    'trial.ended': (rules, event, judge) => {
      for (const [attempt, span] of rules.open) judgeLength(rules, span, attempt, event.at, judge)
    },
  },
})

function spanUpTo({ profile, ended, lostMs }: Rules, attempt: Attempt, timeoutMs: number): Span {
  const { previous } = attempt
  const before = previous && ended.get(previous)
  if (!previous || !before) return { first: attempt, lostBeforeMs: lostMs, lastedMs: 0, allowedMs: timeoutMs }
  const endedAt = previous.endedAt ?? attempt.sentAt
  const waitMs = longestWait(profile, previous)
  const waitedMs = attempt.sentAt - endedAt
  const countedMs = isGuarded(profile, attempt) ? Math.min(waitedMs, waitMs) : waitedMs
  return {
    first: before.first,
    lostBeforeMs: before.lostBeforeMs,
    lastedMs: before.lastedMs + endedAt - previous.sentAt + countedMs,
    allowedMs: before.allowedMs + waitMs + timeoutMs,
  }
}

function judgeLength({ lostMs }: Rules, span: Span, last: Attempt, until: number, judge: Judge): void {
  const { first, lastedMs, allowedMs, lostBeforeMs } = span
  if (lastedMs + until - last.sentAt <= allowedMs + lostMs - lostBeforeMs) return
  judge.violate({
    sentence: `${callWords(last)}, begun at ${inSeconds(first.sentAt)}, was not settled by ${inSeconds(until)}, but its ${last.attempt === 1 ? 'attempt' : `${last.attempt} attempts`} with the waits between may last ${inSeconds(allowedMs)}`,
    at: until,
    calls: first === last ? [last.call] : [first.call, last.call],
  })
}

function longestWait({ retry }: Profile, attempt: Attempt): number {
  const hint = readRetryHint(attempt.headers, attempt.endedAt ?? 0)
  if (hint.kind === 'unclear') return Infinity
  const ownMs = retry?.backoff ? waitsAfter(retry.backoff, attempt.attempt).highestMs : 0
  return Math.max(ownMs, hint.kind === 'wait' ? hint.waitMs : 0) + roundingMs
}
