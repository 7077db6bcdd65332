/**
 * Finds a secret in arguments: as it is, in other case, reversed, URL-, base64- or hex-encoded, spaced out, or split
 * over several values.
 */
export function holdsSecret(args: unknown, secrets: readonly string[]): boolean {
  if (secrets.length === 0) return false
  const texts = leaves(args)
  const views = [...texts, texts.join('')].flatMap(decodings).map(squeeze)
  return secrets.some((secret) => {
    const plain = squeeze(secret)
    const wanted = plain.length > 0 ? [plain, [...plain].reverse().join('')] : []
    return (
      texts.some((text) => text.includes(secret)) || wanted.some((form) => views.some((view) => view.includes(form)))
    )
  })
}

function leaves(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  if (Array.isArray(value)) return value.flatMap(leaves)
  const entries = Object.entries(value)
  return [...entries.flatMap(([, inner]) => leaves(inner)), ...entries.map(([key]) => key)]
}

/** The text and what it says under each encoding; tokens are decoded one by one as they may be embedded. */
function decodings(text: string): string[] {
  const base64 = (text.match(/[\w+/-]{8,}/g) ?? []).map((token) => Buffer.from(token, 'base64').toString('utf8'))
  const hex = (text.match(/(?:[\da-f]{2}){4,}/gi) ?? []).map((token) => Buffer.from(token, 'hex').toString('utf8'))
  const url = text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
  return [text, url, ...base64, ...hex]
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
