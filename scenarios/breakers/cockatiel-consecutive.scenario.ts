import { ConsecutiveBreaker } from 'cockatiel'
import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { breakerDay, breakerSearch } from './breaker-day.ts'
import { createCockatielAgent } from './cockatiel-agent.ts'
import { cockatielRule } from './cockatiel-rule.ts'

const clientTimeoutMs = 60_000

export default scenario('cockatiel with a consecutive breaker', {
  ...breakerDay,
  agent: () => createCockatielAgent({ breaker: new ConsecutiveBreaker(5), halfOpenAfter: 30_000, clientTimeoutMs }),
  profile: {
    // A call may be held behind a probe before it is sent.
    terminationMs: 2 * clientTimeoutMs + 1_000,
    retry: { maxAttempts: 1 },
    timeouts: { modelMs: clientTimeoutMs },
    breaker: { ...cockatielRule, consecutiveFailures: 5 },
  },
  // Probes have no time of their own.
  search: breakerSearch(['B13']),
  accepted: [
    ...acceptedFor(
      'cockatiel-unhandled-probe-closes',
      'an error that the policy does not handle closes a half-open circuit',
      ['B10', 'B11'],
    ),
    ...acceptedFor('cockatiel-stragglers', 'a call admitted before the trip moves the circuit when it ends after it', [
      'B12',
    ]),
    ...acceptedFor('cockatiel-hung-probe', 'a call that is held behind a probe cannot be cancelled', ['L9']),
  ],
})
