/**
 * What the service says of a request that its context window cannot hold; null where it fits.
 *
 * Two sentences, because the remedies differ: a shorter prompt, or a smaller `max_tokens`.
 * Source of the words: error bodies recorded in claude-code#12186 and docker-agent#569.
 *
 * @param inputTokens tokens of the request
 * @param maxTokens the most that the reply may have
 * @param windowTokens both together at most
 */
export function contextComplaint(inputTokens: number, maxTokens: number, windowTokens: number): string | null {
  if (inputTokens > windowTokens) return `prompt is too long: ${inputTokens} tokens > ${windowTokens} maximum`
  if (inputTokens + maxTokens <= windowTokens) return null
  return `input length and \`max_tokens\` exceed context limit: ${inputTokens} + ${maxTokens} > ${windowTokens}, decrease input length or \`max_tokens\` and try again`
}
