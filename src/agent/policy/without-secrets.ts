import { redacted } from '../tools/secrets/redaction.ts'

/** Takes secrets out of what is kept for people. */
export interface SecretStrike {
  text(text: string): string
  /** The same for every text of a JSON value, names of members included. */
  json(value: unknown): unknown
}

/** Strikes secrets out wherever they stand, also encoded; see {@link redacted} for what is found. */
export function strikeSecrets(secrets: readonly string[]): SecretStrike {
  const text = (said: string): string => (secrets.length === 0 ? said : redacted(said, secrets))
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(json)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [text(name), json(inner)]))
  }
  return { text, json }
}
