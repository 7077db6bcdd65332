import { z } from 'zod'

/** A key of a service. */
export interface ApiKey {
  readonly value: string
  /** When the service stops taking it, in milliseconds since the Unix epoch; absent: nobody knows. */
  readonly expiresAtMs?: number | undefined
}

/** Why a key makes way for another. */
export type RotationReason = 'expiring' | 'refused'

/** The port to where keys come from. */
export interface KeySource {
  /** The key that is in use. */
  readonly current: (options: { readonly signal: AbortSignal }) => Promise<ApiKey>
  /** Makes a new key and gives it out; the old one may end at that moment. */
  readonly rotate: (options: { readonly signal: AbortSignal; readonly reason: RotationReason }) => Promise<ApiKey>
}

export const apiKeySchema: z.ZodType<ApiKey> = z.object({
  value: z.string().min(1),
  expiresAtMs: z.number().optional(),
})

/** The start of a key, for people to tell it from others: eight characters at most, and never more than a quarter. */
export function shownKey(value: string): string {
  return `${value.slice(0, Math.min(8, Math.floor(value.length / 4)))}…`
}
