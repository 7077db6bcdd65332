import { z } from 'zod'

/** Tokens that a provider says it has counted for one reply. */
export interface ReplyUsage {
  /** All of the input; what came from the provider's cache is part of it. */
  readonly input: number
  readonly cachedInput: number
  readonly output: number
}

const tokens = z.int().min(0).nullish().catch(null)

/** The words of all dialects; a reply has those of its own. */
const usageSchema = z.looseObject({
  // OpenAI chat.
  prompt_tokens: tokens,
  completion_tokens: tokens,
  prompt_tokens_details: z.looseObject({ cached_tokens: tokens }).nullish().catch(null),
  // OpenAI Responses and Anthropic Messages.
  input_tokens: tokens,
  output_tokens: tokens,
  input_tokens_details: z.looseObject({ cached_tokens: tokens }).nullish().catch(null),
  cache_read_input_tokens: tokens,
  cache_creation_input_tokens: tokens,
  // Gemini.
  promptTokenCount: tokens,
  candidatesTokenCount: tokens,
  thoughtsTokenCount: tokens,
  cachedContentTokenCount: tokens,
  // Bedrock.
  inputTokens: tokens,
  outputTokens: tokens,
  cacheReadInputTokens: tokens,
  cacheWriteInputTokens: tokens,
})

/**
 * Reads the usage of a model's reply from its body, whatever the dialect, streamed or whole; null where it tells none.
 *
 * Of several in a stream, later figures stand. Text of the reply cannot pass for usage: its quotes are escaped.
 */
export function replyUsage(body: string): ReplyUsage | null {
  const found = Object.assign({}, ...usageObjects(body)) as unknown
  const usage = usageSchema.safeParse(found)
  if (!usage.success) return null
  const told = usage.data
  const input = inputOf(told)
  const output = told.completion_tokens ?? told.output_tokens ?? told.outputTokens ?? geminiOutput(told)
  if (input === null || output === null) return null
  const cached =
    told.prompt_tokens_details?.cached_tokens ??
    told.input_tokens_details?.cached_tokens ??
    told.cache_read_input_tokens ??
    told.cachedContentTokenCount ??
    told.cacheReadInputTokens ??
    0
  return { input, cachedInput: Math.min(cached, input), output }
}

type Usage = z.output<typeof usageSchema>

/** Anthropic and Bedrock leave out of their input what was cached. */
function inputOf(told: Usage): number | null {
  const whole = told.prompt_tokens ?? told.promptTokenCount
  if (whole !== null && whole !== undefined) return whole
  const rest = told.input_tokens ?? told.inputTokens
  if (rest === null || rest === undefined) return null
  const read = told.cache_read_input_tokens ?? told.cacheReadInputTokens ?? 0
  return rest + read + (told.cache_creation_input_tokens ?? told.cacheWriteInputTokens ?? 0)
}

function geminiOutput({ promptTokenCount, candidatesTokenCount, thoughtsTokenCount }: Usage): number | null {
  if (promptTokenCount === null || promptTokenCount === undefined) return null
  return (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0)
}

function usageObjects(body: string): object[] {
  return [...body.matchAll(/"(?:usage|usageMetadata)"\s*:\s*(?=\{)/g)].flatMap(({ index, 0: { length } }) => {
    const text = balanced(body, index + length)
    try {
      return [JSON.parse(text) as object]
    } catch {
      return []
    }
  })
}

/** From an opening brace to the one that closes it; usage has no text with braces in it. */
function balanced(body: string, start: number): string {
  let depth = 0
  for (let at = start; at < body.length; at++) {
    if (body[at] === '{') depth++
    if (body[at] === '}' && --depth === 0) return body.slice(start, at + 1)
  }
  return ''
}
