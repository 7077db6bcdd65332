import { holdsSecret } from './secret-search.ts'

/** Takes secrets out of what is kept for people. */
export interface SecretStrike {
  text(text: string): string
  /** The same for every text of a JSON value, names of members included. */
  json(value: unknown): unknown
}

const struck = '[secret]'

/**
 * Strikes secrets out wherever they stand as they are or as JSON spells them; of a text that hides one otherwise,
 * encoded or spaced out, nothing is left.
 */
export function strikeSecrets(secrets: readonly string[]): SecretStrike {
  const forms = [...new Set(secrets.flatMap(spellings))].sort((one, other) => other.length - one.length)
  const text = (said: string): string => {
    const left = forms.reduce((rest, form) => rest.replaceAll(form, struck), said)
    return holdsSecret(left, secrets) ? struck : left
  }
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(json)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [text(name), json(inner)]))
  }
  return { text, json }
}

/** As it is, and as it stands in JSON and in JSON within JSON. */
function spellings(secret: string): string[] {
  const once = JSON.stringify(secret).slice(1, -1)
  return [secret, once, JSON.stringify(once).slice(1, -1)]
}
