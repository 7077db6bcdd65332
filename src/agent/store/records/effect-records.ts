import { z } from 'zod'
import type { CallPlace } from '../../tools/effect-ledger.ts'
import { count, epochMs } from './run-records.ts'

const callPlaceSchema: z.ZodType<CallPlace> = z.strictObject({ step: z.int().min(1), callId: z.string() })

/** An effect that a run has caused, or may have. It is kept as `begun` before the first byte is sent. */
export const effectSchema = z.strictObject({
  run: z.string(),
  effectKey: z.string(),
  /** Canonical JSON of the arguments. */
  argumentsText: z.string(),
  state: z.enum(['begun', 'done']),
  /** What the tool said; null until it is known. */
  result: z.string().nullable(),
  /** The call that caused it. */
  place: callPlaceSchema,
  /** In the order in which the effects of the run were begun. */
  number: count,
  begunAtMs: epochMs,
})
export type EffectRecord = z.output<typeof effectSchema>

/** A question to a human whether one call with exactly these arguments may run. */
export const approvalSchema = z.strictObject({
  id: z.string(),
  run: z.string(),
  place: callPlaceSchema,
  tool: z.string(),
  /** Canonical JSON of the arguments that the call would run with. */
  argumentsText: z.string(),
  /** SHA-256 over tool and arguments, in hexadecimal: what a decision is bound to. */
  hash: z.string(),
  state: z.enum(['pending', 'approved', 'denied', 'used']),
  /** Why it was denied, for the model. */
  reason: z.string().nullable(),
  requestedAtMs: epochMs,
  /** After this nobody can decide any more, and an approval that was not used is void. */
  expiresAtMs: epochMs,
  decidedAtMs: epochMs.nullable(),
})
export type ApprovalRecord = z.output<typeof approvalSchema>
