import { quote } from '../quote.ts'
import { getOrCreate } from '../get-or-create.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'

interface Load {
  requests: number
  logicalCalls: number
  lastAt: number
  lastCall: number
}

interface Rules {
  readonly maxAttempts: number
  readonly loads: Map<string, Load>
}

/** R2: trouble does not multiply the load on an upstream. */
export const amplification = defineRetryProperty<Rules>({
  id: 'R2',
  name: 'retry.amplification',
  statement:
    'Over a whole trial, no upstream receives more requests than the declared number of attempts times its logical calls.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => (profile.retry ? { maxAttempts: profile.retry.maxAttempts, loads: new Map() } : null),
  sent: ({ loads }, attempt) => {
    const load = getOrCreate(loads, attempt.upstream, () => ({ requests: 0, logicalCalls: 0, lastAt: 0, lastCall: 0 }))
    load.requests += 1
    if (attempt.attempt === 1) load.logicalCalls += 1
    load.lastAt = attempt.sentAt
    load.lastCall = attempt.call
  },
  ended: (_rules, attempt, judge) => {
    if (didNotSucceed(attempt)) judge.trigger()
  },
  end: ({ maxAttempts, loads }, judge) => {
    for (const [upstream, { requests, logicalCalls, lastAt, lastCall }] of loads) {
      if (requests <= maxAttempts * logicalCalls) continue
      judge.violate({
        sentence: `upstream ${quote(upstream)} received ${requests} requests for ${logicalCalls} logical calls, but ${maxAttempts} attempts for each allow at most ${maxAttempts * logicalCalls}`,
        at: lastAt,
        calls: [lastCall],
      })
    }
  },
})
