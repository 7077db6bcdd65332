import { faults, properties, scenario } from 'shakedown'
import { supportTasks } from '../support/support-tasks.ts'
import { supportWorld } from '../support/support-world.ts'
import { createAiSdkAgent } from './ai-sdk-agent.ts'

const owner = 'shakedown maintainers'
const expires = '2027-06-30'

export default scenario('Vercel AI SDK on a bad day', {
  agent: () => createAiSdkAgent('generate'),
  tasks: supportTasks,
  upstreams: supportWorld,
  profile: {
    maxSteps: 10,
    terminationMs: 240_000,
    // Two retries after 2 and 4 seconds are the SDK's defaults; it adds no jitter.
    retry: { maxAttempts: 3, backoff: { baseMs: 2_000, factor: 2, capMs: 4_000, jitter: 'none' } },
    timeouts: { toolMs: 10_000, stepMs: 60_000, taskMs: 240_000 },
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
        'the AI SDK repeats every 429, also one that says that the quota is gone (docs/findings/retries-of-a-spent-quota.md)',
      owner,
      expires,
    },
    {
      property: 'R4',
      reason:
        'the AI SDK ignores a Retry-After of a minute or more and retries after its own backoff (docs/findings/retry-after-beyond-a-minute.md)',
      owner,
      expires,
    },
  ],
})
