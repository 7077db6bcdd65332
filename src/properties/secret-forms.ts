import type { Secret } from '../contract/secret.ts'

/** The same secret as it may be written; `text` is lower-case, as is everything it is searched in. */
export interface SecretForm {
  readonly text: string
  /** How a sentence calls the form, e.g. `in base64`. */
  readonly how: string
}

/**
 * The ways of writing a secret that P3 recognises: plainly in any case, escaped in JSON, in base64 at any alignment,
 * in hex, URL-encoded.
 *
 * Compared in lower case throughout: for base64 that forgives more than it should, which at eight bytes and more
 * cannot happen by chance.
 */
export function secretForms(secret: Secret): readonly SecretForm[] {
  const bytes = Buffer.from(secret.value, 'utf8')
  const escaped = JSON.stringify(secret.value).slice(1, -1)
  const encoded = encodeURIComponent(secret.value)
  const hex = bytes.toString('hex')
  const forms = [
    { text: secret.value, how: 'plainly' },
    { text: escaped, how: 'plainly' },
    { text: JSON.stringify(escaped).slice(1, -1), how: 'plainly' },
    { text: encoded, how: 'URL-encoded' },
    { text: encoded.replaceAll('%20', '+'), how: 'URL-encoded' },
    { text: hex.replace(/../g, '%$&'), how: 'URL-encoded' },
    { text: hex, how: 'in hex' },
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)).map((text) => ({ text, how: 'in base64' })),
  ]
  const byText = new Map<string, SecretForm>()
  for (const { text, how } of forms) {
    const lower = text.toLowerCase()
    if (!byText.has(lower)) byText.set(lower, { text: lower, how })
  }
  return [...byText.values()]
}

/** The characters that depend on the secret alone, when `offset` other bytes (modulo 3) stand before it. */
function base64At(bytes: Buffer, offset: number): readonly string[] {
  const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
  const firstOwn = Math.ceil((offset * 8) / 6)
  const ownEnd = Math.floor((shifted.length * 8) / 6)
  return [shifted.toString('base64'), shifted.toString('base64url')].map((text) => text.slice(firstOwn, ownEnd))
}
