import * as fc from 'fast-check'
import { z } from 'zod'

/** The hint that an overloaded service may give: when to come back. */
export const overloadHint = {
  parameters: z.strictObject({
    retryAfterSeconds: z
      .int()
      .min(0)
      .max(3_600)
      .exactOptional()
      .describe('seconds that retry-after asks to wait; without it no hint'),
  }),
  arbitrary: fc.record({ retryAfterSeconds: fc.constantFrom(1, 5, 30) }, { requiredKeys: [] }),
}
