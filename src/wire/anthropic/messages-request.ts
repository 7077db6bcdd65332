import { z } from 'zod'
import type { AnthropicErrorStatus } from './errors.ts'
import { type MessageParam, messagesComplaint } from './message-params.ts'

interface ToolParam {
  readonly name?: string
}

const maxBytes = 32 * 1024 * 1024

/**
 * The body of `POST /v1/messages`, as far as the simulated service reads it, in the order in which it complains.
 *
 * Source of the shape: @anthropic-ai/sdk 1 (`resources/messages/messages.ts`, `MessageCreateParamsBase`); of the words:
 * public notes that measured the answers of the service in August 2026. Fields that are not read, betas among them, are
 * taken as they are, where the service refuses those that it does not know.
 */
const messagesRequestSchema = z.looseObject({
  model: z.string({ error: required('a valid string') }).min(1, 'String should have at least 1 character'),
  tools: z.array(toolSchema(), { error: required('a valid array') }).optional(),
  messages: z.custom<readonly [MessageParam, ...MessageParam[]]>().check((context) => {
    const complaint = messagesComplaint(context.value)
    if (complaint === null) return
    context.issues.push({ code: 'custom', message: complaint, input: context.value, params: { isPlaced: true } })
  }),
  system: z
    .union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))], {
      error: 'Input should be a valid array',
    })
    .optional(),
  max_tokens: z.int({ error: required('a valid integer') }).min(0, 'must be greater than or equal to 0'),
  stop_sequences: z
    .array(z.string({ error: 'Input should be a valid string' }), { error: 'Input should be a valid array' })
    .nullish(),
  stream: z.boolean({ error: 'Input should be a valid boolean' }).optional(),
})

export type MessagesRequest = z.output<typeof messagesRequestSchema>

/** Why the service will not look at a request. */
export class RefusedRequest {
  readonly status: AnthropicErrorStatus
  readonly message: string

  constructor(status: AnthropicErrorStatus, message: string) {
    this.status = status
    this.message = message
  }
}

/** Reads a body; of one that the service refuses for its size or form, its answer. */
export function readMessagesRequest(body: string): MessagesRequest | RefusedRequest {
  if (Buffer.byteLength(body) > maxBytes) return new RefusedRequest(413, 'Request exceeds the maximum size')
  const json = parseJson(body)
  if (json === undefined) return new RefusedRequest(400, 'The request body is not valid JSON')
  const parsed = messagesRequestSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return new RefusedRequest(400, issue === undefined ? 'Invalid request' : complaintOf(issue))
}

/** Tools that the service runs itself have a type, and their families no name; a tool of the caller has a schema. */
function toolSchema() {
  return z
    .custom<ToolParam>((value) => typeof value === 'object' && value !== null, { error: 'Input should be an object' })
    .check((context) => {
      const tool = context.value as { type?: unknown; name?: unknown; input_schema?: unknown }
      if ((tool.type ?? 'custom') !== 'custom') return
      const missing = typeof tool.name !== 'string' ? 'name' : tool.input_schema === undefined ? 'input_schema' : null
      if (missing === null) return
      context.issues.push({ code: 'custom', message: 'Field required', input: tool, path: ['custom', missing] })
    })
}

function required(kind: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => (input === undefined ? 'Field required' : `Input should be ${kind}`)
}

/** The place with dots, then the words; what is wrong with a message says its place itself. */
function complaintOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && issue.params?.['isPlaced'] === true) return issue.message
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
