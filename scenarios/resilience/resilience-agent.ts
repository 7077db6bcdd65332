import { z } from 'zod'
import type { AgentOptions } from '../../src/agent/agent-options.ts'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import { httpTool } from '../../src/agent/tools/http-tool.ts'
import type { ReferenceAgent } from '../../src/agent/task/agent.ts'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'
import type { Tool } from '../../src/agent/tools/tool.ts'
import { defineTool } from '../../src/agent/tools/tool.ts'
import { houseRules } from './library-catalogue.ts'
import { resilienceAccuracy } from './resilience-accuracy.ts'
import { resilienceNumbers as numbers } from './resilience-numbers.ts'
import { services } from './resilience-world.ts'

/**
 * The agent at a library's desk: the reference agent with every means against trouble that it has.
 *
 * @param parts replacements for single decisions, for variants that differ in one behaviour
 */
export function createResilienceAgent(
  parts: Partial<AgentParts> = {},
  { stream = true }: { readonly stream?: boolean } = {},
): ReferenceAgent {
  return createReferenceAgent({ ...options, stream, tools: [...tools] }, parts)
}

const book = z.object({ book_id: z.string() })

const tools: readonly Tool[] = [
  defineTool({
    name: 'find_book',
    description: 'Says where a book stands and how many copies there are.',
    parameters: book,
    effectful: false,
    execute: httpTool({
      method: 'GET',
      url: ({ book_id }) => `${services.catalogue}/${encodeURIComponent(book_id)}`,
    }),
  }),
  defineTool({
    name: 'reserve_book',
    description: 'Reserves a book for the reader.',
    parameters: book,
    effectful: true,
    effectKey: ({ book_id }) => book_id,
    execute: httpTool({ method: 'POST', url: () => services.reservations, body: (reservation) => reservation }),
  }),
]

const options = {
  client: { name: 'primary', apiKey: 'sk-library-desk', baseURL: `${services.primary}/v1`, model: 'gpt-5-mini' },
  instructions: `You work at the desk of a library. ${Object.values(houseRules).join(' ')}`,
  maxSteps: numbers.maxSteps,
  retry: { ...numbers.backoff, ...numbers.retry },
  timeouts: numbers.timeouts,
  breaker: numbers.breaker,
  bulkhead: numbers.bulkhead,
  fallback: {
    sources: [
      { kind: 'cache', maxStaleMs: numbers.maxStaleMs },
      {
        kind: 'model',
        client: { name: 'backup', apiKey: 'key-2', baseURL: `${services.backup}/v1`, model: 'desk-small' },
        windowTokens: numbers.backupWindowTokens,
        instructions: `Answer in one sentence. ${Object.values(houseRules).join(' ')}`,
      },
      {
        kind: 'templates',
        texts: {
          rate_limited: 'We have more questions than we can answer. Please ask again in a minute.',
          quota: 'Our service is paused today. Please ask at the desk.',
          timeout: 'That took too long. Please ask again.',
          connection: 'We cannot reach our service. Please ask again in a few minutes.',
          server: 'Our service has trouble. Please ask again in a few minutes.',
          refused: 'Our service is recovering. Please ask again in a minute.',
        },
      },
      { kind: 'text', text: 'We cannot answer at the moment. Please ask at the desk.' },
    ],
  },
  safeMode: numbers.safeMode,
  accuracy: resilienceAccuracy,
  policy: { userMustName: { find_book: ['book_id'], reserve_book: ['book_id'] } },
} satisfies AgentOptions
