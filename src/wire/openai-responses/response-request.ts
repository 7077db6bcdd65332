import { z } from 'zod'
import { inputItemSchema } from './input-item-schema.ts'

/** The least that the service takes for `max_output_tokens`. */
export const leastOutputTokens = 16

const toolSchema = z.looseObject({ type: z.string(), name: z.string().optional() }).check((context) => {
  const { type, name } = context.value
  if (type !== 'function' || name !== undefined) return
  context.issues.push({ code: 'custom', input: undefined, path: ['name'], message: 'a function has a name' })
})

/**
 * The body of `POST /v1/responses`, as far as the simulated service reads it.
 *
 * Source of the shape: openai-node 7 (`ResponseCreateParamsBase`). Of the tools only functions are offered to a
 * scripted model.
 */
export const responsesRequestSchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(inputItemSchema)]),
  instructions: z.string().nullish(),
  previous_response_id: z.string().nullish(),
  tools: z.array(toolSchema).nullish(),
  max_output_tokens: z.int().min(leastOutputTokens).nullish(),
  store: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  reasoning: z.looseObject({}).nullish(),
  text: z.looseObject({}).nullish(),
  metadata: z.looseObject({}).nullish(),
  stream_options: z.looseObject({ include_obfuscation: z.boolean().nullish() }).nullish(),
})

export type ResponsesRequest = z.output<typeof responsesRequestSchema>
