import { z } from 'zod'
import { returnPolicyUrl } from '../support/return-policy.ts'
import { services } from '../support/support-world.ts'

/** What the payment service must be told. */
export const refundSchema = z.object({ order_id: z.string(), item: z.string(), amount_cents: z.int().positive() })
/** What the mail service must be told. */
export const emailSchema = z.object({ order_id: z.string(), subject: z.string(), body: z.string() })

const decisionSchema = z.object({ decision: z.string() })

/** Reads an order; the answer is the service's text, whatever its status. */
export function lookUpOrder(orderId: string, signal: AbortSignal | undefined): Promise<string> {
  return textOf(`${services.orders}/${encodeURIComponent(orderId)}`, signal)
}

/** Reads the return policy. */
export function lookUpReturnPolicy(topic: string, signal: AbortSignal | undefined): Promise<string> {
  return textOf(`${returnPolicyUrl}?topic=${encodeURIComponent(topic)}`, signal)
}

/** Pays money back once the clerk has said yes to these very arguments. */
export async function issueRefund(
  refund: z.output<typeof refundSchema>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const answer = await post(services.approvals, { tool: 'issue_refund', arguments: refund }, signal)
  const { decision } = decisionSchema.parse(JSON.parse(answer))
  if (decision !== 'approved') return `Error: issue_refund was not executed: the clerk's answer is "${decision}".`
  return post(services.refunds, refund, signal)
}

/** Sends an e-mail to a customer. */
export function sendEmail(email: z.output<typeof emailSchema>, signal: AbortSignal | undefined): Promise<string> {
  return post(services.emails, email, signal)
}

function post(url: string, body: unknown, signal: AbortSignal | undefined): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  return textOf(url, signal, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function textOf(url: string, signal: AbortSignal | undefined, init: RequestInit = {}): Promise<string> {
  return (await fetch(url, { ...init, signal: signal ?? null })).text()
}
