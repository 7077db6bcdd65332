import { z } from 'zod'

/** A flag that is a whole number between two bounds, both included. */
export function wholeNumberFlag(minimum: number, maximum: number): z.ZodType<number> {
  const error = `expected a whole number from ${minimum} to ${maximum}`
  return z
    .string()
    .regex(/^\d{1,10}$/, { error })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error })
}
