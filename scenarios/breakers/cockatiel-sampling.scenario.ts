import { SamplingBreaker } from 'cockatiel'
import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { breakerDay, breakerSearch } from './breaker-day.ts'
import { createCockatielAgent } from './cockatiel-agent.ts'
import { cockatielRule } from './cockatiel-rule.ts'

const clientTimeoutMs = 60_000

export default scenario('cockatiel with a sampling breaker', {
  ...breakerDay,
  agent: () =>
    createCockatielAgent({
      breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 0.5 }),
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
      failureRate: { threshold: 0.5, window: { ms: 10_000 }, minimumCalls: 5, opens: 'above' },
    },
  },
  // Probes have no time of their own.
  search: breakerSearch(['B13']),
  accepted: [
    ...acceptedFor(
      'cockatiel-sampling-window',
      'samples leave the window one slot per call, however much time has passed',
      ['B1', 'B2', 'B10', 'B18', 'B20'],
    ),
    ...acceptedFor(
      'cockatiel-unhandled-probe-closes',
      'an error that the policy does not handle closes a half-open circuit',
      ['B11'],
    ),
    ...acceptedFor('cockatiel-stragglers', 'a call admitted before the trip moves the circuit when it ends after it', [
      'B12',
    ]),
    ...acceptedFor('cockatiel-hung-probe', 'a call that is held behind a probe cannot be cancelled', ['L9']),
  ],
})
