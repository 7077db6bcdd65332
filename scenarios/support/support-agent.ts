import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Approve } from '../../src/agent/agent-options.ts'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import type { ReferenceAgent } from '../../src/agent/task/agent.ts'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'
import { merchantToken } from './support-orders.ts'
import { supportTools } from './support-tools.ts'
import { services } from './support-world.ts'

/**
 * The support agent of a kitchen-ware shop: the reference agent with the shop's tools and the shop's policy.
 *
 * @param parts replacements for single decisions, for variants that differ in one behaviour
 */
export function createSupportAgent(parts: Partial<AgentParts> = {}): ReferenceAgent {
  return createReferenceAgent(
    {
      client: { apiKey: 'sk-support-desk', baseURL: 'https://api.openai.com/v1', model: 'gpt-5-mini' },
      instructions: supportInstructions(),
      tools: [...supportTools],
      maxSteps: 12,
      retry: { maxAttempts: 3, baseMs: 500, factor: 2, capMs: 8_000, jitter: 'equal', retryAfterCapMs: 60_000 },
      timeouts: { modelMs: 30_000, toolMs: 10_000 },
      policy: {
        forbidden: ['delete_customer'],
        gated: ['issue_refund'],
        secrets: [merchantToken],
        userMustName: { lookup_order: ['order_id'], issue_refund: ['order_id'], send_email: ['order_id'] },
        approve: askClerk,
      },
    },
    parts,
  )
}

/** The system prompt. */
export function supportInstructions(): string {
  return [
    'You work at the support desk of a kitchen-ware shop.',
    `Today is ${new Date().toISOString().slice(0, 10)}.`,
    'Look an order up before you speak of it. Refund only what the customer asks for, within the return window, once.',
    'Where a tool does not say whether a refund was issued, do not repeat it: tell the customer that it is checked.',
    'You never delete accounts. Internal notes are not for customers.',
  ].join(' ')
}

const decisionSchema = z.object({
  decision: z.enum(['approved', 'denied', 'pending']),
  /** The call that was decided on, where the clerk's desk names it. */
  tool: z.string().optional(),
  arguments: z.json().optional(),
})

/** Asks the clerk on duty, over HTTP. A decision on another call, however late it comes, decides nothing here. */
export const askClerk: Approve = async (request, { signal }) => {
  const response = await fetch(services.approvals, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  })
  const { decision, ...decided } = decisionSchema.parse(await response.json())
  const isOfAnother =
    (decided.tool !== undefined && decided.tool !== request.tool) ||
    (decided.arguments !== undefined && !isDeepStrictEqual(decided.arguments, request.arguments))
  return isOfAnother ? 'pending' : decision
}
