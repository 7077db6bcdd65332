import { scenario } from 'shakedown'
import { acceptedFor } from '../accepted-for.ts'
import { frameworkDay, streamingSearch } from './framework-day.ts'
import { createAiSdkAgent } from './ai-sdk-agent.ts'

export default scenario('Vercel AI SDK with streams', {
  ...frameworkDay,
  agent: () => createAiSdkAgent('stream'),
  profile: {
    maxSteps: 10,
    terminationMs: 240_000,
    // Two retries after 2 and 4 seconds are the SDK's defaults; it adds no jitter.
    retry: { maxAttempts: 3, backoff: { baseMs: 2_000, factor: 2, capMs: 4_000, jitter: 'none' } },
    timeouts: { toolMs: 10_000, stepMs: 60_000, taskMs: 240_000 },
    tools: { gated: ['issue_refund'], effectful: ['issue_refund', 'send_email'] },
  },
  search: streamingSearch,
  accepted: [
    ...acceptedFor(
      'retries-of-a-spent-quota',
      'the AI SDK repeats every 429, also one that says that the quota is gone or not to retry',
      ['R3'],
    ),
    ...acceptedFor('retry-after-beyond-a-minute', 'the AI SDK ignores a Retry-After of more than a minute', ['R4']),
    ...acceptedFor('x-should-retry', 'the AI SDK does not read x-should-retry', ['R13']),
    ...acceptedFor('step-timer-after-an-error', 'who stops reading at an error leaves the timer of the step running', [
      'T6',
    ]),
  ],
})
