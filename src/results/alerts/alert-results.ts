import { type AlertLevel, alertLevel, alertLevels } from '../../objectives/alerts/alert-level.ts'
import {
  type AlertMetric,
  type AlertRules,
  type Thresholds,
  alertMetricNames,
} from '../../objectives/alerts/alert-rules.ts'
import { numberOf } from '../../objectives/budgets/fraction.ts'
import type { BudgetResult } from '../budgets/budget-schema.ts'
import type { MeasuredCondition } from '../measure-schema.ts'
import { type AlertFigure, alertFigures } from './alert-figures.ts'
import type { AlertResult } from './alert-schema.ts'
import { alertSentence } from './alert-words.ts'

/** What every alert that is watched says under each condition. */
export function alertResults(
  rules: AlertRules,
  conditions: readonly MeasuredCondition[],
  budgets: readonly BudgetResult[],
): AlertResult[] {
  return conditions.flatMap((condition) => {
    const figures = alertFigures(condition, budgets)
    return alertMetricNames.flatMap((metric) => {
      const thresholds = rules[metric]
      if (thresholds === null) return []
      const level = levelOf(metric, figures[metric], thresholds)
      const observed = typeof figures[metric] === 'string' ? null : numberOf(figures[metric])
      const { warning, critical } = thresholds
      const alert = { metric, condition: condition.name, observed, warning, critical, level }
      return [{ ...alert, isGating: gates(rules.gate, level), sentence: alertSentence(alert) }]
    })
  })
}

function levelOf(metric: AlertMetric, figure: AlertFigure, thresholds: Thresholds): AlertResult['level'] {
  if (figure === 'unknown') return 'unknown'
  return figure === 'spent without a budget' ? 'critical' : alertLevel(metric, figure, thresholds)
}

function gates(gate: AlertRules['gate'], level: AlertResult['level']): boolean {
  if (gate === 'never' || level === 'unknown') return false
  const rank = (each: AlertLevel): number => alertLevels.indexOf(each)
  return rank(level) >= rank(gate)
}
