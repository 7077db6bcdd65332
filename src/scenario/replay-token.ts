import { z } from 'zod'
import { usageError } from '../contract/errors.ts'
import { faultPlanSchema } from '../contract/fault.ts'

const tokenSchema = z.strictObject({
  /** Scenario file relative to the configuration, with forward slashes. */
  file: z.string(),
  /**
   * The configuration, relative to the project, where it is not found by its name; never outside of the project, because
   * a token comes from elsewhere.
   */
  config: z
    .string()
    .min(1)
    .refine((path) => !/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path))
    .exactOptional(),
  scenario: z.string(),
  seed: z.int().min(0),
  trial: z.int().min(0),
  property: z.string(),
  plan: faultPlanSchema,
  /** First 16 hex digits of the trace's hash: another means that the trial is no longer the same. */
  hash: z.string().regex(/^[0-9a-f]{16}$/),
})

/** Everything a finding needs to be seen again, in one word. */
export type ReplayToken = z.output<typeof tokenSchema>

const prefix = 'sd1.'

/** Writes a token: a version, the content as base64url, and a checksum against a word cut short by a terminal. */
export function encodeToken(token: ReplayToken): string {
  const text = Buffer.from(JSON.stringify(tokenSchema.parse(token))).toString('base64url')
  return `${prefix}${text}.${checksum(text)}`
}

/**
 * Reads a token.
 *
 * @throws {ShakedownError} of kind `usage` where it is cut short, mistyped or of another version
 */
export function decodeToken(word: string): ReplayToken {
  const [text, sum, ...rest] = word.startsWith(prefix) ? word.slice(prefix.length).split('.') : []
  if (text === undefined || sum !== checksum(text) || rest.length > 0) throw broken(word)
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch (error) {
    throw broken(word, error)
  }
}

function broken(word: string, cause?: unknown): Error {
  const start = word.length > 24 ? `${word.slice(0, 24)}...` : word
  return usageError(
    'REPLAY_TOKEN',
    `replay token "${start}" is incomplete, altered or of another version; copy the whole word after "replay" from the report.`,
    cause,
  )
}

/** A plain sum is enough: it guards against slips of the hand, not against anybody's intent. */
function checksum(text: string): string {
  let sum = 7
  for (const character of text) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0
  return sum.toString(36)
}
