import { faults, properties, scenario } from 'shakedown'
import { supportTasks } from '../support/support-tasks.ts'
import { supportWorld } from '../support/support-world.ts'
import { createAgentsAgent } from './agents-agent.ts'

const owner = 'shakedown maintainers'
const expires = '2027-06-30'

export default scenario('OpenAI Agents SDK with streams', {
  agent: () => createAgentsAgent('stream'),
  tasks: supportTasks,
  upstreams: supportWorld,
  profile: {
    maxSteps: 10,
    terminationMs: 900_000,
    // The runner retries nothing by itself; the OpenAI client below it tries three times.
    retry: { maxAttempts: 3, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'sdk' } },
    timeouts: { modelMs: 60_000, toolMs: 10_000 },
    tools: { gated: ['issue_refund'], effectful: ['issue_refund', 'send_email'] },
  },
  search: {
    trials: 1_000,
    quickTrials: 200,
    faults: faults.swarm(faults.provider.all(), faults.tool('*').all()),
    properties: [properties.loop, properties.approval, properties.retry, properties.effects.atMostOnce],
  },
  accepted: [
    {
      property: 'R3',
      reason:
        'the OpenAI client repeats every 429, also one that says that the quota is gone (docs/findings/retries-of-a-spent-quota.md)',
      owner,
      expires,
    },
    {
      property: 'R4',
      reason:
        'the OpenAI client ignores a Retry-After of more than 60 seconds and retries after its own backoff (docs/findings/retry-after-beyond-a-minute.md)',
      owner,
      expires,
    },
  ],
})
