import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { breakerDay, breakerSearch } from './breaker-day.ts'
import { createOpossumAgent } from './opossum-agent.ts'
import { opossumRule } from './opossum-rule.ts'

const clientTimeoutMs = 10_000

export default scenario('opossum with its default options', {
  ...breakerDay,
  // The breaker's timeout leaves the request running, so the client gives it up at the same time.
  agent: () => createOpossumAgent({ clientTimeoutMs }),
  profile: {
    terminationMs: clientTimeoutMs + 1_000,
    retry: { maxAttempts: 1 },
    timeouts: { modelMs: clientTimeoutMs },
    // Its timeout is that of a probe, too.
    breaker: { ...opossumRule, probeTimeoutMs: 10_000 },
  },
  // No call lives longer than a third of the cooldown, so none that is late meets a probe.
  search: breakerSearch(['B12']),
  accepted: [
    ...acceptedFor(
      'opossum-rate-over-fires',
      'the rate is failures over calls fired, refused ones, exempted ones and those under way included',
      ['B1', 'B4'],
    ),
    ...acceptedFor(
      'opossum-filtered-probe-closes',
      'an error that errorFilter exempts closes a half-open circuit; where none does, such calls dilute the rate',
      ['B10', 'B11'],
    ),
  ],
})
