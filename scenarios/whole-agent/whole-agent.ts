import { faultable } from 'shakedown'
import type { AgentOptions } from '../../src/agent/agent-options.ts'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import { AgentMemory } from '../../src/agent/memory/agent-memory.ts'
import { memoryIn } from '../../src/agent/memory/memory-store.ts'
import { memoryTools } from '../../src/agent/memory/memory-tools.ts'
import { openAiTokens } from '../../src/agent/memory/token-counter.ts'
import type { TokenCounter } from '../../src/agent/memory/token-counter.ts'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'
import type { AgentStore } from '../../src/agent/store/agent-store.ts'
import { sqliteAgentStore } from '../../src/agent/store/sqlite/sqlite-store.ts'
import type { ReferenceAgent } from '../../src/agent/task/agent.ts'
import { askClerk, supportInstructions } from '../support/support-agent.ts'
import { merchantToken } from '../support/support-orders.ts'
import { supportTools } from '../support/support-tools.ts'
import { wholeNumbers as numbers } from './whole-numbers.ts'
import { lookupReturnPolicy } from './whole-policy.ts'
import { places } from './whole-world.ts'

/**
 * The support agent with every part of the reference agent: what it does outlives its process, what it remembers is
 * in a file, another provider stands in for the first, and rules say which tools may run when.
 *
 * Made anew by each life of the process, from what the one before left in the store.
 *
 * @param parts replacements for single decisions, for variants that differ in one behaviour
 */
export function createWholeAgent(parts: Partial<AgentParts> = {}): ReferenceAgent {
  const store = sqliteAgentStore({ path: places.store })
  const memory = memoryOf(store)
  const others = supportTools.filter((tool) => tool.name !== lookupReturnPolicy.name)
  const tools = [...others, lookupReturnPolicy, ...memoryTools(memory)]
  return createReferenceAgent({ ...options, instructions: supportInstructions(), store, memory, tools }, parts)
}

/** Memory whose archive can be poisoned, stale or gone, as a scenario's faults have it. */
function memoryOf(store: AgentStore): AgentMemory {
  const memory = memoryIn(store, 'support-desk')
  const counts = faultable({ kind: 'store', name: 'archive' }, memory.counts)
  return new AgentMemory({ ...memory, counts })
}

/** A number of tokens as the counter gives it out: perhaps a wrong one. */
const counted = faultable({ kind: 'store', name: 'token counter', synchronous: true }, (tokens: number) => tokens)

/** What it lets through, the provider may still refuse. */
const counter: TokenCounter = { ...openAiTokens, request: (request) => counted(openAiTokens.request(request)) }

const options = {
  client: { name: 'primary', apiKey: 'sk-support-desk', baseURL: `${places.primary}/v1`, model: 'gpt-5-mini' },
  stream: true,
  maxSteps: numbers.maxSteps,
  retry: { ...numbers.backoff, ...numbers.retry },
  timeouts: numbers.timeouts,
  breaker: numbers.breaker,
  bulkhead: numbers.bulkhead,
  safeMode: numbers.safeMode,
  context: { windowTokens: numbers.windowTokens, counter, summary: { maxTokens: 300 } },
  resultLimitChars: 40_000,
  repairArguments: 'read_only_tools',
  rules: [
    { kind: 'parent_only', tool: 'lookup_order', children: ['issue_refund'] },
    { kind: 'maximum_count', tool: 'issue_refund', count: 1 },
  ],
  policy: {
    forbidden: ['delete_customer'],
    gated: ['issue_refund'],
    secrets: [merchantToken],
    userMustName: { lookup_order: ['order_id'], issue_refund: ['order_id'], send_email: ['order_id'] },
    approve: askClerk,
  },
  fallback: {
    sources: [
      { kind: 'cache', maxStaleMs: numbers.maxStaleMs },
      {
        kind: 'model',
        client: {
          name: 'backup',
          provider: 'anthropic',
          apiKey: 'sk-ant-support-desk',
          baseURL: places.backup,
          model: 'claude-haiku-4-5',
          maxOutputTokens: 500,
        },
        windowTokens: numbers.backupWindowTokens,
        instructions: 'You work at a support desk without access to its systems. Answer in one sentence.',
      },
      {
        kind: 'templates',
        texts: {
          rate_limited: 'We have more questions than we can answer. Please ask again in a minute.',
          timeout: 'That took too long. Please ask again.',
          connection: 'We cannot reach our service. Please ask again in a few minutes.',
          server: 'Our service has trouble. Please ask again in a few minutes.',
          refused: 'Our service is recovering. Please ask again in a minute.',
        },
      },
      { kind: 'text', text: 'We cannot answer at the moment. A colleague will write to you.' },
    ],
  },
  accuracy: {
    primary: 'unknown',
    cache: 'unknown',
    simplified: 'unknown',
    template: 'unknown',
    emergency: 'unknown',
    safe_mode: 'unknown',
  },
} satisfies Omit<AgentOptions, 'instructions'>
