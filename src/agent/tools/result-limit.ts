/** A result as the model is told it: a text as it is, anything else as JSON. */
export function resultText(result: unknown): string {
  return typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null')
}

/** A result of at most so many characters, and behind it how much of it was cut; null: as it is. */
export function limitedResult(result: string, limitChars: number | null): string {
  if (limitChars === null || result.length <= limitChars) return result
  const kept = result.slice(0, limitChars).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept}… [cut: ${result.length - kept.length} of ${result.length} characters are not shown]`
}
