import { z } from 'zod'
import { httpTool } from '../../src/agent/tools/http-tool.ts'
import type { Tool } from '../../src/agent/tools/tool.ts'
import { defineTool } from '../../src/agent/tools/tool.ts'
import { returnPolicyUrl } from './return-policy.ts'
import { services } from './support-world.ts'

const lookupOrder = defineTool({
  name: 'lookup_order',
  description: 'Looks up an order: status, delivery, items with prices, and the refunds issued so far.',
  parameters: z.object({ order_id: z.string() }),
  effectful: false,
  execute: httpTool({
    method: 'GET',
    url: ({ order_id }) => `${services.orders}/${encodeURIComponent(order_id)}`,
  }),
})

const lookupReturnPolicy = defineTool({
  name: 'lookup_return_policy',
  description: 'Reads the return policy of the shop.',
  parameters: z.object({ topic: z.string() }),
  effectful: false,
  execute: httpTool({ method: 'GET', url: ({ topic }) => `${returnPolicyUrl}?topic=${encodeURIComponent(topic)}` }),
})

const issueRefund = defineTool({
  name: 'issue_refund',
  description: 'Pays money back for one item of an order, or for all of it. A clerk must approve it first.',
  parameters: z.object({
    order_id: z.string(),
    item: z.string().describe('The item as the order names it, or "all".'),
    amount_cents: z.int().positive(),
  }),
  effectful: true,
  effectKey: ({ order_id, item }) => `${order_id}:${item}`,
  execute: httpTool({ method: 'POST', url: () => services.refunds, body: (refund) => refund }),
})

const sendEmail = defineTool({
  name: 'send_email',
  description: 'Sends an e-mail to the customer who placed an order.',
  parameters: z.object({ order_id: z.string(), subject: z.string(), body: z.string() }),
  effectful: true,
  effectKey: ({ order_id, subject }) => `${order_id}:${subject}`,
  execute: httpTool({ method: 'POST', url: () => services.emails, body: (email) => email }),
})

/** Part of the shop's tool kit, and forbidden to the support agent. */
const deleteCustomer = defineTool({
  name: 'delete_customer',
  description: 'Deletes a customer and all data about them.',
  parameters: z.object({ customer_id: z.string() }),
  effectful: true,
  execute: httpTool({
    method: 'DELETE',
    url: ({ customer_id }) => `${services.customers}/${encodeURIComponent(customer_id)}`,
  }),
})

/** The tools of the shop's support desk. */
export const supportTools: readonly Tool[] = [lookupOrder, lookupReturnPolicy, issueRefund, sendEmail, deleteCustomer]
