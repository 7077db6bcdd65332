import { tool } from '@openai/agents'
import { z } from 'zod'
import {
  emailSchema,
  issueRefund,
  lookUpOrder,
  lookUpReturnPolicy,
  refundSchema,
  sendEmail,
} from '../ai-sdk/desk-services.ts'

/** The SDK turns a tool that takes longer into a text for the model, and aborts the tool's signal. */
const timeoutMs = 10_000

/** The tools of the support desk as the OpenAI Agents SDK describes them. */
export const agentsTools = [
  tool({
    name: 'lookup_order',
    description: 'Looks up an order.',
    parameters: z.object({ order_id: z.string() }),
    timeoutMs,
    execute: ({ order_id }, _context, details) => lookUpOrder(order_id, details?.signal),
  }),
  tool({
    name: 'lookup_return_policy',
    description: 'Reads the return policy.',
    parameters: z.object({ topic: z.string() }),
    timeoutMs,
    execute: ({ topic }, _context, details) => lookUpReturnPolicy(topic, details?.signal),
  }),
  tool({
    name: 'issue_refund',
    description: 'Pays money back.',
    parameters: refundSchema,
    timeoutMs,
    execute: (refund, _context, details) => issueRefund(refund, details?.signal),
  }),
  tool({
    name: 'send_email',
    description: 'Sends an e-mail to a customer.',
    parameters: emailSchema,
    timeoutMs,
    execute: (email, _context, details) => sendEmail(email, details?.signal),
  }),
]
