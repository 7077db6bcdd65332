import { faults, properties, scenario } from 'shakedown'
import { supportTasks } from '../support/support-tasks.ts'
import { supportWorld } from '../support/support-world.ts'
import { createPlainLoop } from './plain-loop.ts'

const owner = 'agent platform'
const expires = '2027-06-30'

export default scenario('plain loop on the OpenAI client', {
  agent: () => createPlainLoop(),
  tasks: supportTasks,
  upstreams: supportWorld,
  profile: {
    maxSteps: 10,
    // The client waits ten minutes for an answer before it tries again.
    terminationMs: 900_000,
    retry: { maxAttempts: 3, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'sdk' } },
    timeouts: { modelMs: 600_000 },
    tools: { gated: ['issue_refund'], effectful: ['issue_refund', 'send_email'] },
  },
  search: {
    trials: 2_000,
    quickTrials: 500,
    faults: faults.swarm(faults.provider.all()),
    // R3 says of forbidden retries what R13 would.
    properties: [properties.loop, properties.approval, properties.retry, properties.effects.atMostOnce]
      .flat()
      .filter(({ id }) => id !== 'R13'),
  },
  accepted: [
    {
      property: 'R3',
      reason: 'openai-node repeats every 429, also one that says that the quota or the money is gone',
      owner,
      expires,
    },
    {
      property: 'R4',
      reason: 'openai-node ignores a Retry-After of more than 60 seconds and tries again after its own short backoff',
      owner,
      expires,
    },
  ],
})
