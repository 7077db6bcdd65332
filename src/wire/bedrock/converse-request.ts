import { z } from 'zod'
import { jsonObjectSchema } from '../../contract/json.ts'

const toolResult = z.looseObject({
  toolUseId: z.string(),
  content: z.array(z.looseObject({ text: z.string().optional(), json: z.json().optional() })).default([]),
})
const block = z.looseObject({
  text: z.string().optional(),
  toolUse: z.looseObject({ toolUseId: z.string(), name: z.string(), input: jsonObjectSchema }).optional(),
  toolResult: toolResult.optional(),
})
const message = z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(block) })
const tool = z.looseObject({ toolSpec: z.looseObject({ name: z.string() }).optional() })

/**
 * The body of `Converse` and `ConverseStream`, as far as the simulated service reads it.
 *
 * Source of the shape: docs.aws.amazon.com, Amazon Bedrock API reference ("Converse").
 */
const requestSchema = z.looseObject({
  messages: z.array(message).min(1),
  system: z.array(z.looseObject({ text: z.string().optional() })).default([]),
  toolConfig: z.looseObject({ tools: z.array(tool).default([]) }).optional(),
  inferenceConfig: z.looseObject({ maxTokens: z.int().positive().optional() }).optional(),
})

export type ConverseRequest = z.output<typeof requestSchema>
export type ConverseMessage = ConverseRequest['messages'][number]
export type ToolResult = z.output<typeof toolResult>

/** What the path of a request says. */
export interface Operation {
  readonly model: string
  readonly isStreamed: boolean
}

/** A request with what its path says; the body is null where the service would not take it. */
export interface ReadRequest extends Operation {
  readonly body: ConverseRequest | null
}

const operation = /\/model\/([^/?]+)\/(converse|converse-stream)$/

/** What a path asks for; null for a path of another operation. */
export function operationOf(path: string): Operation | null {
  const [, model, name] = operation.exec(path.split('?', 1)[0] ?? '') ?? []
  return model === undefined ? null : { model: decodeURIComponent(model), isStreamed: name === 'converse-stream' }
}

/** Reads a body; null where the service would not take it. */
export function readBody(text: string): ConverseRequest | null {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
