import { CountBreaker } from 'cockatiel'
import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { breakerDay, breakerSearch } from './breaker-day.ts'
import { createCockatielAgent } from './cockatiel-agent.ts'
import { cockatielRule } from './cockatiel-rule.ts'

const clientTimeoutMs = 60_000

export default scenario('cockatiel with a count breaker', {
  ...breakerDay,
  agent: () =>
    createCockatielAgent({
      breaker: new CountBreaker({ threshold: 0.5, size: 10, minimumNumberOfCalls: 5 }),
      halfOpenAfter: 30_000,
      clientTimeoutMs,
    }),
  profile: {
    // A call may be held behind a probe before it is sent.
    terminationMs: 2 * clientTimeoutMs + 1_000,
    retry: { maxAttempts: 1 },
    timeouts: { modelMs: clientTimeoutMs },
    breaker: {
      ...cockatielRule,
      failureRate: { threshold: 0.5, window: { calls: 10 }, minimumCalls: 5, opens: 'above' },
    },
  },
  // Probes have no time; few calls that outlive the cooldown are admitted before a trip, and none in the first hundred trials.
  search: breakerSearch(['B12', 'B13']),
  accepted: [
    ...acceptedFor(
      'cockatiel-unhandled-probe-closes',
      'an error that the policy does not handle closes a half-open circuit',
      ['B10', 'B11'],
    ),
    ...acceptedFor(
      'cockatiel-stragglers',
      'a call admitted before the trip counts when it ends after it, as if it had been let through since',
      ['B2', 'B9'],
    ),
    ...acceptedFor('cockatiel-hung-probe', 'a call that is held behind a probe cannot be cancelled', ['L9']),
  ],
})
