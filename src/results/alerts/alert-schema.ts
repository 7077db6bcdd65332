import { z } from 'zod'
import { alertLevels } from '../../objectives/alerts/alert-level.ts'
import { type AlertMetric, alertMetricNames } from '../../objectives/alerts/alert-rules.ts'

/** What one alert says under one condition. */
export const alertResultSchema = z.strictObject({
  metric: z.enum(alertMetricNames as [AlertMetric, ...AlertMetric[]]),
  /** Name of the condition. */
  condition: z.string(),
  /** The figure, the nearest to the exact one; null where the run has nothing to take it from, or no budget at all. */
  observed: z.number().nullable(),
  warning: z.number(),
  critical: z.number(),
  /** `unknown`: nothing in the run tells. */
  level: z.enum([...alertLevels, 'unknown']),
  /** Whether it fails the run. */
  isGating: z.boolean(),
  sentence: z.string(),
})

export type AlertResult = z.output<typeof alertResultSchema>
