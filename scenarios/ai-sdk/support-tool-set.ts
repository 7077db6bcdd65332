import { tool } from 'ai'
import { z } from 'zod'
import { emailSchema, issueRefund, lookUpOrder, lookUpReturnPolicy, refundSchema, sendEmail } from './desk-services.ts'

/** The tools of the support desk as the AI SDK describes them; each hands the SDK's signal on to its request. */
export const supportToolSet = {
  lookup_order: tool({
    description: 'Looks up an order.',
    inputSchema: z.object({ order_id: z.string() }),
    execute: ({ order_id }, { abortSignal }) => lookUpOrder(order_id, abortSignal),
  }),
  lookup_return_policy: tool({
    description: 'Reads the return policy.',
    inputSchema: z.object({ topic: z.string() }),
    execute: ({ topic }, { abortSignal }) => lookUpReturnPolicy(topic, abortSignal),
  }),
  issue_refund: tool({
    description: 'Pays money back.',
    inputSchema: refundSchema,
    execute: (refund, { abortSignal }) => issueRefund(refund, abortSignal),
  }),
  send_email: tool({
    description: 'Sends an e-mail to a customer.',
    inputSchema: emailSchema,
    execute: (email, { abortSignal }) => sendEmail(email, abortSignal),
  }),
}
