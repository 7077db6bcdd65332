import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { breakerDay, breakerSearch } from './breaker-day.ts'
import { createOpossumAgent } from './opossum-agent.ts'
import { opossumRule } from './opossum-rule.ts'

const clientTimeoutMs = 60_000

export default scenario('opossum without its timeout', {
  ...breakerDay,
  agent: () => createOpossumAgent({ timeout: false, clientTimeoutMs }),
  profile: {
    terminationMs: clientTimeoutMs + 1_000,
    retry: { maxAttempts: 1 },
    timeouts: { modelMs: clientTimeoutMs },
    breaker: opossumRule,
  },
  search: breakerSearch(['B12']),
  accepted: [
    ...acceptedFor('opossum-stragglers', 'a call admitted before the trip moves the circuit when it ends after it', [
      'B7',
    ]),
    ...acceptedFor(
      'opossum-rate-over-fires',
      'the rate is failures over calls fired, refused ones and those under way included',
      ['B1', 'B2', 'B4', 'B17', 'B21'],
    ),
    ...acceptedFor('opossum-filtered-probe-closes', 'an error that errorFilter exempts closes a half-open circuit', [
      'B10',
      'B11',
    ]),
  ],
})
