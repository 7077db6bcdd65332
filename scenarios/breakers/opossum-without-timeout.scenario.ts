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
  // Calls that outlive the cooldown are few in ten seconds, so that hardly one meets a probe; and probes have no time.
  search: breakerSearch(['B12', 'B13']),
  accepted: [
    ...acceptedFor(
      'opossum-rate-over-fires',
      'the rate is failures over calls fired, refused ones, exempted ones and those under way included',
      ['B1', 'B10', 'B18'],
    ),
    ...acceptedFor(
      'opossum-stragglers',
      'a call admitted before the trip moves the circuit when it ends after it; where none does, it is the rate over calls fired',
      ['B2', 'B4'],
    ),
    ...acceptedFor(
      'opossum-filtered-probe-closes',
      'an error that errorFilter exempts closes a half-open circuit; a later one may dilute the rate, too',
      ['B8', 'B11'],
    ),
  ],
})
