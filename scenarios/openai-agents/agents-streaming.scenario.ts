import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { frameworkDay, streamingSearch } from '../ai-sdk/framework-day.ts'
import { createAgentsAgent } from './agents-agent.ts'

export default scenario('OpenAI Agents SDK with streams', {
  ...frameworkDay,
  agent: () => createAgentsAgent('stream'),
  profile: {
    maxSteps: 10,
    terminationMs: 900_000,
    // The runner retries nothing by itself; the OpenAI client below it tries three times.
    retry: { maxAttempts: 3, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'sdk' } },
    timeouts: { modelMs: 60_000, toolMs: 10_000 },
    tools: { gated: ['issue_refund'], effectful: ['issue_refund', 'send_email'] },
  },
  search: streamingSearch,
  accepted: [
    ...acceptedFor(
      'retries-of-a-spent-quota',
      'the OpenAI client repeats every 429, also one that says that the quota is gone',
      ['R3'],
    ),
    ...acceptedFor('retry-after-beyond-a-minute', 'the OpenAI client ignores a Retry-After of more than a minute', [
      'R4',
    ]),
    ...acceptedFor('stream-without-an-end', 'the Agents SDK takes a stream without its last frames for a whole reply', [
      'L3',
      'R5',
      'R17',
      'Z1',
      'Z11',
    ]),
  ],
})
