/** What stands in a cassette for a secret. */
export const redacted = '[redacted]'

/** Credentials as they are issued, so that one in a prompt or an answer is found without being known. */
const shapes: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
]

/** Takes secrets out of a text. */
export type Redact = (text: string) => string

/** The shortest value that is taken for a secret: a shorter one would stand in innocent words. */
const shortestSecret = 8

/**
 * Makes what takes secrets out of texts: the given values, as they are and as JSON writes them, and whatever has the
 * shape of a credential.
 */
export function redactor(values: readonly string[]): Redact {
  const known = values.filter(({ length }) => length >= shortestSecret)
  const written = [...new Set(known.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))]
  // The longest first, for one may hold another.
  written.sort((one, other) => other.length - one.length)
  return (text) => {
    const without = written.reduce((left, value) => left.replaceAll(value, redacted), text)
    return shapes.reduce((left, shape) => left.replaceAll(shape, redacted), without)
  }
}

const carriers = ['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie']

/** The credentials that a request carries in its headers and its query. */
export function credentialsOf(header: (name: string) => string | null, url: string): readonly string[] {
  const values = carriers.flatMap((name) => header(name) ?? [])
  const bare = values.map((value) => value.replace(/^\w+ /, ''))
  return [...values, ...bare, ...new URL(url).searchParams.values()]
}
