// First: what is imported before the simulation is in place escapes it.
import { openStore, storeFile } from '../../agent/store/_store.ts'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import type { Fault } from '../../../src/contract/fault.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import type { WorkloadInput } from '../../../src/contract/workload.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { properties } from '../../../src/properties/properties.ts'
import { refundScenario, runUnder } from '../../scenario/process/_refunds.ts'

/** How a variant of the agent differs from the honest one: in what its store says and is told. */
export type StoreChange = (store: AgentStore) => AgentStore

const breaker = { consecutiveFailures: 2, cooldownMs: 30_000 }
const maxStaleMs = 60_000

const profile: ProfileInput = {
  maxSteps: 12,
  terminationMs: 600_000,
  retry: { maxAttempts: 1 },
  breaker: {
    ...{ ...breaker, guards: [{ kind: 'model', name: 'primary' }], survivesRestart: true },
    ...{ rateLimitsCount: true, indeterminateCounts: true, probeTimeoutMs: 30_000, whileProbing: 'refuse' },
  },
  fallback: {
    chain: [
      { source: 'primary', upstream: 'primary' },
      { source: 'cache', cache: { maxStaleMs } },
      { source: 'simplified', upstream: 'backup', tools: [] },
    ],
  },
}

const readers = ['ann', 'ben', 'cem', 'dora', 'eve', 'finn']

/** Questions in a row to an agent that keeps what its guards know; two readers ask the same. */
export function keepingDesk(change: StoreChange = (store) => store, arrivals?: WorkloadInput['arrivals']) {
  const tasks = readers.map((id, index) => ({ id, input: `Question ${index % 3}` }))
  return refundScenario(
    () =>
      createReferenceAgent({
        client: { name: 'primary', apiKey: 'key', baseURL: 'https://api.openai.com/v1', model: 'large' },
        instructions: 'You work at a desk.',
        retry: { maxAttempts: 1 },
        timeouts: { modelMs: 30_000 },
        breaker,
        fallback: {
          sources: [
            { kind: 'cache', maxStaleMs },
            {
              kind: 'model',
              client: { name: 'backup', apiKey: 'key', baseURL: 'https://backup.test/v1', model: 'small' },
              instructions: 'Be brief.',
            },
          ],
        },
        store: change(openStore()),
      }),
    {
      tasks,
      workload: {
        order: 'sequence',
        arrivals: arrivals ?? readers.map((task, index) => ({ task, atMs: index * 5_000 })),
      },
      upstreams: () => [
        openAiChat({ name: 'primary', script: ({ messages }) => ({ content: `On ${messages.at(-1)?.text ?? ''}.` }) }),
        openAiChat({
          ...{ name: 'backup', origin: 'https://backup.test' },
          script: ({ messages }) => ({ content: `In brief on ${messages.at(-1)?.text ?? ''}.` }),
        }),
        storeFile(),
      ],
      profile: { ...profile, timeouts: { modelMs: 30_000 } },
      search: {
        trials: 1,
        faults: refundScenario(() => async () => ({ answer: null, stop: 'error' })).search.faults,
        properties: properties.all,
      },
    },
  )
}

/** Runs one trial of the desk; says what was violated, and the verdicts. */
export async function atKeepingDesk(
  faults: readonly Fault[],
  change?: StoreChange,
  arrivals?: WorkloadInput['arrivals'],
) {
  return runUnder(keepingDesk(change, arrivals), ...faults)
}

/** Answers so many calls of the primary with 503, from the given one on. */
export const outage = (from: number, length: number): Fault => ({
  id: 'openai.503',
  target: { kind: 'model', name: 'primary' },
  trigger: { on: 'burst', from, length },
  parameters: {},
})

/** Kills the process as one of its upstreams is called for the nth time. */
export const killAt = (name: string, n: number, parameters: Fault['parameters'] = {}): Fault => ({
  id: 'process.kill',
  target: { kind: name === 'memory' ? 'store' : 'model', name },
  trigger: { on: 'nth', n },
  parameters: { downMs: 500, at: 'sent', ...parameters },
})
