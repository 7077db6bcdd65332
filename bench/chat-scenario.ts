import { type AgentFactory, type Scenario, type Upstream, faults, openAiChat, properties, scenario } from 'shakedown'
import { chatAgent } from './chat-agent.ts'

/** Four model calls a task, a few of them rate limited or slow. */
export function chatScenario(agent: AgentFactory = () => chatAgent(), backends: readonly Upstream[] = []): Scenario {
  return scenario('bench', {
    agent,
    tasks: [{ id: 'orders', input: 'Where are my orders A-1001, A-1002 and A-1003?' }],
    upstreams: () => [
      ...backends,
      openAiChat({
        script: ({ messages }) => {
          const looked = messages.filter(({ role }) => role === 'tool').length
          if (looked === 3) return { content: 'All three orders have been shipped and arrive tomorrow.' }
          return { toolCalls: [{ name: 'lookup_order', arguments: { orderId: `A-100${looked + 1}` } }] }
        },
      }),
    ],
    profile: {
      maxSteps: 6,
      terminationMs: 600_000,
      retry: { maxAttempts: 3 },
      tools: { forbidden: ['delete_customer'], gated: ['issue_refund'], effectful: ['issue_refund'] },
    },
    search: {
      trials: 1_000,
      faults: faults.swarm(faults.provider.rateLimits(), faults.provider.slowness()),
      properties: properties.all,
    },
  })
}

/** A tenth of the calls rate limited, every call slow as a provider on an ordinary day. */
export const benchPlan = {
  faults: [
    {
      id: 'openai.429.rpm',
      target: { kind: 'model' as const, name: '*' },
      trigger: { on: 'rate' as const, rate: 0.1 },
      parameters: { waitMs: 1_000 },
    },
    faults.provider.latency({ p50Ms: 800, p99Ms: 6_000 }),
  ],
}
