import { z } from 'zod'

/** A canary value that must reach nobody but the upstreams it is meant for. */
export const secretSchema = z.strictObject({
  /** How reports call it; the value itself is never printed. */
  name: z.string().min(1),
  value: z.string().min(8),
  /** Names of the upstreams that may receive it, e.g. the model that is told it. */
  mayReach: z.array(z.string()).default([]),
})

export type Secret = z.output<typeof secretSchema>
