const longest = 120

/**
 * A value of the agent's or a model's making, quoted for a sentence.
 *
 * Such text is hostile: it is escaped as JSON, so that it stays on one line, and clipped at 120 characters.
 */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
