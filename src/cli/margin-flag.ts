import { z } from 'zod'
import { defaultMargin } from '../runner/baseline-config.ts'

/** A flag in percentage points, 0 to 100, as a share. */
export const marginFlag = z
  .string()
  .regex(/^\d{1,3}(\.\d+)?$/, 'expected percentage points such as 2 or 0.5')
  .transform(Number)
  .refine((points) => points <= 100, 'expected at most 100 percentage points')
  .transform((points) => Math.round(points * 10_000) / 1_000_000)
  .default(defaultMargin)
