import { z } from 'zod'
import type { Meter, Tracer } from '@opentelemetry/api'
import type { Instruments } from './instruments.ts'

export const telemetrySchema = z
  .strictObject({
    /** Where spans go; absent: none are made. */
    tracer: z.custom<Tracer>(isObject, 'must be a tracer').optional(),
    /** Where metrics go; absent: none are made. */
    meter: z.custom<Meter>(isObject, 'must be a meter').optional(),
    /** What the agent is called in its spans. */
    agentName: z.string().min(1).optional(),
    agentVersion: z.string().min(1).optional(),
    /** Whether spans hold what people, models and tools said. A text in which a secret of the policy is, is withheld. */
    recordContent: z.boolean().default(false),
  })
  .refine(({ tracer, meter }) => tracer ?? meter, { path: ['tracer'], error: 'or "meter" must be given' })

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** What all watches of one telemetry share. */
export interface TelemetrySettings extends Omit<z.output<typeof telemetrySchema>, 'meter'> {
  readonly instruments: Instruments
}
