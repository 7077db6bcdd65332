import { anthropicMessages } from 'shakedown'
import type { ScenarioInput, Upstream } from 'shakedown'
import { frameworkDay } from '../ai-sdk/framework-day.ts'
import { supportModel } from '../support/support-model.ts'
import { shopServices } from '../support/support-world.ts'

/** The same shop with the same scripted model, behind the interface of Anthropic. */
function anthropicWorld(): Upstream[] {
  return [anthropicMessages({ script: supportModel }), ...shopServices()]
}

/** What the agents on the Anthropic SDK meet alike. */
export const anthropicDay = { ...frameworkDay, upstreams: anthropicWorld } satisfies Partial<ScenarioInput>

/** Two retries with the SDK's own back-off, and the runner's limit of steps. */
export const anthropicProfile = {
  maxSteps: 10,
  terminationMs: 900_000,
  retry: { maxAttempts: 3, backoff: { baseMs: 500, factor: 2, capMs: 8_000, jitter: 'sdk' } },
  timeouts: { modelMs: 60_000, toolMs: 10_000 },
  tools: { gated: ['issue_refund'], effectful: ['issue_refund', 'send_email'] },
} satisfies ScenarioInput['profile']
