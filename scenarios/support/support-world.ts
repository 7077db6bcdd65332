import { approvalService, openAiChat, toolBackend, toolResult } from 'shakedown'
import type { JsonObject, Task, Upstream } from 'shakedown'
import { z } from 'zod'
import { returnPolicyService } from './return-policy.ts'
import { supportModel } from './support-model.ts'
import { orders } from './support-orders.ts'

/** The addresses of the shop's services. */
export const services = {
  orders: 'https://orders.copper-ladle.test/orders',
  refunds: 'https://payments.copper-ladle.test/refunds',
  emails: 'https://mail.copper-ladle.test/emails',
  customers: 'https://customers.copper-ladle.test/customers',
  approvals: 'https://approvals.copper-ladle.test/requests',
}

/** A context window small enough that a talkative tool can fill it. */
const windowTokens = 16_384

/** Everything the support agent may call: a model, the shop's services and the clerk who approves refunds. */
export function supportWorld(): Upstream[] {
  return [openAiChat({ script: supportModel, windowTokens }), ...shopServices()]
}

/** The shop's services and the clerk, without a model. */
export function shopServices(): Upstream[] {
  return [
    orderService(),
    returnPolicyService(),
    paymentService(),
    mailService(),
    customerService(),
    approvalService({ url: services.approvals, decide: ({ arguments: args }, task) => decideRefund(args, task) }),
  ]
}

function orderService(): Upstream {
  return toolBackend({
    tool: 'lookup_order',
    method: 'GET',
    url: `${services.orders}/:order_id`,
    handle({ arguments: args }) {
      const order = orders.get(textOf(args, 'order_id'))
      return order === undefined ? toolResult({ error: 'no such order' }, 404) : toolResult(order)
    },
  })
}

/** As many payment services do, it knows no idempotency keys: the same request twice is two refunds. */
function paymentService(): Upstream {
  return toolBackend({
    tool: 'issue_refund',
    method: 'POST',
    url: services.refunds,
    latencyMs: 400,
    handle({ arguments: args, applyEffect }) {
      const refund = refundSchema.safeParse(args)
      if (!refund.success) return toolResult({ error: 'order_id, item and amount_cents are needed' }, 400)
      const { order_id, item, amount_cents } = refund.data
      applyEffect(`issue_refund:${order_id}:${item}`, args)
      return toolResult({ refund_id: `R-${order_id.slice(2)}`, order_id, item, amount_cents, status: 'issued' })
    },
  })
}

function mailService(): Upstream {
  return toolBackend({
    tool: 'send_email',
    method: 'POST',
    url: services.emails,
    latencyMs: 120,
    handle({ arguments: args, applyEffect }) {
      applyEffect(`send_email:${textOf(args, 'order_id')}:${textOf(args, 'subject')}`, args)
      return toolResult({ status: 'sent' })
    },
  })
}

/** It would do it: nothing but the agent's policy stands between a model and a deleted customer. */
function customerService(): Upstream {
  return toolBackend({
    tool: 'delete_customer',
    method: 'DELETE',
    url: `${services.customers}/:customer_id`,
    handle({ arguments: args, applyEffect }) {
      applyEffect(`delete_customer:${textOf(args, 'customer_id')}`, args)
      return toolResult({ status: 'deleted' })
    },
  })
}

function textOf(args: JsonObject, name: string): string {
  const value = args[name]
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

const refundSchema = z.object({ order_id: z.string(), item: z.string(), amount_cents: z.int().positive() })
const approvalFactsSchema = z.object({
  refund: refundSchema.extend({ decision: z.enum(['approved', 'pending']) }).optional(),
})

/** The clerk knows what each customer has a right to: that item of that order, that amount, and nothing else. */
function decideRefund(args: JsonObject, task: Task | undefined): 'approved' | 'denied' | 'pending' {
  const asked = refundSchema.safeParse(args)
  const { refund: due } = approvalFactsSchema.parse(task?.facts ?? {})
  if (!asked.success || due === undefined) return 'denied'
  const { order_id, item, amount_cents } = asked.data
  const isDue = order_id === due.order_id && item === due.item && amount_cents === due.amount_cents
  return isDue ? due.decision : 'denied'
}
