import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'

/** Figures that alerts watch; each is bad on one side of its thresholds. */
export const alertMetrics = {
  taskSuccess: { words: 'task success rate', isBad: 'below', unit: 'share' },
  toolCalls: { words: 'average number of tool calls per task', isBad: 'above', unit: 'count' },
  budgetRemaining: { words: 'lowest error budget remaining', isBad: 'below', unit: 'share' },
  breakerOpens: { words: 'number of breaker openings of a trial in 24 h', isBad: 'above', unit: 'count' },
  policyViolations: { words: 'policy violation rate of attacked trials', isBad: 'above', unit: 'share' },
} as const

export type AlertMetric = keyof typeof alertMetrics

export const alertMetricNames = Object.keys(alertMetrics) as readonly AlertMetric[]

/** A figure just on its threshold raises nothing. */
export interface Thresholds {
  readonly warning: number
  readonly critical: number
}

function thresholds(metric: AlertMetric, usual: Thresholds) {
  const isBelow = alertMetrics[metric].isBad === 'below'
  const ordered = z
    .strictObject({ warning: z.number(), critical: z.number() })
    .refine(({ warning, critical }) => (isBelow ? critical <= warning : critical >= warning), {
      error: `expected a critical threshold that is not reached before the warning`,
    })
  return ordered.nullable().default(usual)
}

/** The table that Kanish Tyagi, "Agent SRE", recommends to start with. */
export const alertRulesSchema = z.strictObject({
  taskSuccess: thresholds('taskSuccess', { warning: 0.95, critical: 0.9 }),
  toolCalls: thresholds('toolCalls', { warning: 15, critical: 25 }),
  budgetRemaining: thresholds('budgetRemaining', { warning: 0.25, critical: 0.1 }),
  breakerOpens: thresholds('breakerOpens', { warning: 3, critical: 10 }),
  policyViolations: thresholds('policyViolations', { warning: 0.05, critical: 0.15 }),
  /** The level from which on an alert fails the run; by default none does. */
  gate: z.enum(['never', 'warning', 'critical']).default('never'),
})

export type AlertRules = z.output<typeof alertRulesSchema>

/** Thresholds in place of the usual ones, each with `warning` and `critical`; null for no alert of that figure. */
export type AlertOverrides = { readonly [Metric in AlertMetric]?: Thresholds | null } & {
  readonly gate?: AlertRules['gate']
}

/**
 * Alerts of a measure: the usual table with what is put in its place.
 *
 * Task success below 95 and 90 %, more than 15 and 25 tool calls per task, less than 25 and 10 % of an error budget, more
 * than 3 and 10 openings of breakers in 24 h, policy violations in more than 5 and 15 % of attacked trials: warning and
 * critical. Alerts are shown and fail no run, unless `gate` says from which level on they do.
 *
 * @throws {ShakedownError} of kind `usage` for a figure that is not watched, or a critical threshold before the warning
 */
export function alerts(overrides: AlertOverrides = {}): AlertRules {
  return parseInput(
    alertRulesSchema,
    overrides,
    'alerts',
    `give { warning, critical } or null for ${alertMetricNames.join(', ')}, and gate`,
  )
}
