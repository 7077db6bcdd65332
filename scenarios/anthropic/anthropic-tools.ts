import type Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'
import {
  emailSchema,
  issueRefund,
  lookUpOrder,
  lookUpReturnPolicy,
  refundSchema,
  sendEmail,
} from '../ai-sdk/desk-services.ts'

interface DeskTool {
  readonly definition: Anthropic.Tool
  /** @throws {z.ZodError} for arguments that are not the tool's */
  readonly run: (input: unknown, signal: AbortSignal) => Promise<string>
}

function deskTool<Input>(
  name: string,
  description: string,
  schema: z.ZodType<Input>,
  run: (input: Input, signal: AbortSignal) => Promise<string>,
): readonly [name: string, tool: DeskTool] {
  const inputSchema = { ...z.toJSONSchema(schema), type: 'object' as const }
  const definition = { name, description, input_schema: inputSchema }
  return [name, { definition, run: (input, signal) => run(schema.parse(input), signal) }]
}

/** The tools of the support desk, by name. */
export const anthropicTools: ReadonlyMap<string, DeskTool> = new Map([
  deskTool('lookup_order', 'Looks up an order.', z.object({ order_id: z.string() }), ({ order_id }, signal) =>
    lookUpOrder(order_id, signal),
  ),
  deskTool('lookup_return_policy', 'Reads the return policy.', z.object({ topic: z.string() }), ({ topic }, signal) =>
    lookUpReturnPolicy(topic, signal),
  ),
  deskTool('issue_refund', 'Pays money back.', refundSchema, issueRefund),
  deskTool('send_email', 'Sends an e-mail to a customer.', emailSchema, sendEmail),
])
