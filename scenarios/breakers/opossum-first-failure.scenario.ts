import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { breakerDay, breakerSearch } from './breaker-day.ts'
import { createOpossumAgent } from './opossum-agent.ts'
import { opossumHalfOpen } from './opossum-rule.ts'

const clientTimeoutMs = 60_000

export default scenario('opossum that opens at the first failure', {
  ...breakerDay,
  agent: () => createOpossumAgent({ timeout: false, errorThresholdPercentage: 1, clientTimeoutMs }),
  profile: {
    terminationMs: clientTimeoutMs + 1_000,
    retry: { maxAttempts: 1 },
    timeouts: { modelMs: clientTimeoutMs },
    // One failure is more than 1 % of whatever comes within ten seconds here.
    breaker: { ...opossumHalfOpen, consecutiveFailures: 1 },
  },
  // Probes have no time of their own.
  search: breakerSearch(['B13']),
  accepted: [
    ...acceptedFor('opossum-stragglers', 'a call admitted before the trip moves the circuit when it ends after it', [
      'B2',
      'B4',
      'B6',
      'B7',
      'B12',
    ]),
    ...acceptedFor('opossum-filtered-probe-closes', 'an error that errorFilter exempts closes a half-open circuit', [
      'B10',
      'B11',
    ]),
  ],
})
