import { z } from 'zod'
import { jsonObjectSchema } from './json.ts'
import { upstreamKinds } from './upstream-kind.ts'

/** The upstreams a fault may touch: a kind, and a name or `*` for all of that kind. */
export const faultTargetSchema = z.strictObject({
  kind: z.enum(upstreamKinds),
  name: z.string().min(1),
})

const count = z.int().min(1)
const virtualMs = z.int().min(0)

/** When a fault fires; occurrences count the calls that reach the fault's target, from 1. */
export const triggerSchema = z.discriminatedUnion('on', [
  /** Exactly the nth call. */
  z.strictObject({ on: z.literal('nth'), n: count }),
  /** Every nth call: the nth, the 2nth, … */
  z.strictObject({ on: z.literal('every'), n: count }),
  /** Each call with probability `rate`, drawn from the trial's keyed randomness. */
  z.strictObject({ on: z.literal('rate'), rate: z.number().min(0).max(1) }),
  /** Calls made at `fromMs ≤ t < toMs` of virtual time; with a `rate`, each of them with that probability. */
  z.strictObject({
    on: z.literal('between'),
    fromMs: virtualMs,
    toMs: virtualMs,
    rate: z.number().min(0).max(1).exactOptional(),
  }),
  /** `length` calls in a row, from the `from`th. */
  z.strictObject({ on: z.literal('burst'), from: count, length: count }),
  /** Every call before the nth: fails n−1 times, then recovers. */
  z.strictObject({ on: z.literal('until'), n: count }),
  /** `strikes` calls in a row, then `spares` calls left alone, and so on. */
  z.strictObject({ on: z.literal('cycle'), strikes: count, spares: count }),
])

/** One member of the catalogue, aimed and timed. */
export const faultSchema = z.strictObject({
  /** The catalogue ID, e.g. `openai.429.tpm`. */
  id: z.string().min(1),
  target: faultTargetSchema,
  trigger: triggerSchema,
  /** Parameters of the catalogue member, parsed by its own schema. */
  parameters: jsonObjectSchema.default({}),
  /**
   * The only occurrences at which it may strike, though its trigger fires at others too; absent: no limit. What it
   * draws stays the same, so that one strike of many can be taken away.
   */
  only: z.array(count).min(1).optional(),
})

/** An explicit list of faults, as plain data: it prints, shrinks and replays. */
export const faultPlanSchema = z.strictObject({
  faults: z.array(faultSchema),
})

export type FaultTarget = z.output<typeof faultTargetSchema>
export type Trigger = z.output<typeof triggerSchema>
export type Fault = z.output<typeof faultSchema>
export type FaultPlan = z.output<typeof faultPlanSchema>

/** The plan of the fault-free run. */
export const emptyPlan: FaultPlan = { faults: [] }
