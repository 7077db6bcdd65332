import type { ChatCompletionTool } from 'openai/resources/chat/completions'
import { z } from 'zod'
import { returnPolicyUrl } from '../support/return-policy.ts'
import { services } from '../support/support-world.ts'

const text = { type: 'string' }

/** The tools as the model is told of them. */
export const tools: ChatCompletionTool[] = [
  describe('lookup_order', 'Looks up an order.', { order_id: text }),
  describe('lookup_return_policy', 'Reads the return policy.', { topic: text }),
  describe('issue_refund', 'Pays money back.', { order_id: text, item: text, amount_cents: { type: 'integer' } }),
  describe('send_email', 'Sends an e-mail to a customer.', { order_id: text, subject: text, body: text }),
]

function describe(name: string, description: string, properties: Record<string, object>): ChatCompletionTool {
  const parameters = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
  return { type: 'function', function: { name, description, parameters } }
}

/** Runs a tool and returns what it said, as text for the model. */
export async function runTool(name: string, argumentsText: string): Promise<string> {
  const args = z.record(z.string(), z.unknown()).parse(JSON.parse(argumentsText))
  switch (name) {
    case 'lookup_order':
      return (await fetch(`${services.orders}/${String(args['order_id'])}`)).text()
    case 'lookup_return_policy':
      return (await fetch(`${returnPolicyUrl}?topic=${String(args['topic'])}`)).text()
    case 'issue_refund':
      return issueRefund(args)
    case 'send_email':
      return post(services.emails, args)
    default:
      return `Error: there is no tool ${name}.`
  }
}

/** Refunds need the clerk's yes. */
async function issueRefund(args: Record<string, unknown>): Promise<string> {
  const answer = await post(services.approvals, { tool: 'issue_refund', arguments: args })
  const { decision } = z.object({ decision: z.string() }).parse(JSON.parse(answer))
  if (decision !== 'approved') return `Error: issue_refund was not executed: the clerk's answer is "${decision}".`
  return post(services.refunds, args)
}

async function post(url: string, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).text()
}
