import { z } from 'zod'
import { StopError } from '../errors/stop-error.ts'

/** One tool call as the model asked for it, nothing of it checked yet. */
export interface RequestedCall {
  readonly id: string
  readonly name: string
  readonly argumentsText: string
}

/** What the model said in one reply. */
export interface ModelReply {
  readonly content: string | null
  readonly refusal: string | null
  readonly finishReason: string | null
  readonly calls: readonly RequestedCall[]
}

const callSchema = z
  .object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) })
  .transform((call): RequestedCall => ({
    id: call.id,
    name: call.function.name,
    argumentsText: call.function.arguments,
  }))

const choiceSchema = z.object({
  finish_reason: z.string().nullish(),
  message: z.object({
    content: z.string().nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(callSchema).nullish(),
  }),
})

/** The Chat Completions reply, of which the first choice counts: the agent asks for one. */
const replySchema = z.object({ choices: z.tuple([choiceSchema], z.unknown()) })

/**
 * Reads a reply; the SDK returns whatever arrived with status 200, a login page included.
 *
 * @throws {StopError} `invalid_llm_response` where it is no Chat Completions reply
 */
export function parseReply(body: unknown): ModelReply {
  const parsed = replySchema.safeParse(body)
  if (!parsed.success) {
    throw new StopError('invalid_llm_response', 'The model endpoint answered with no usable choice.', {
      cause: parsed.error,
    })
  }
  const { finish_reason, message } = parsed.data.choices[0]
  return {
    content: message.content ?? null,
    refusal: message.refusal || null,
    finishReason: finish_reason ?? null,
    calls: message.tool_calls ?? [],
  }
}
