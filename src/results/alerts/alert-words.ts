import { type AlertMetric, alertMetrics } from '../../objectives/alerts/alert-rules.ts'
import { signedPercent } from '../budgets/budget-words.ts'
import { underCondition } from '../condition-words.ts'
import { exactPercent } from '../percent.ts'
import type { AlertResult } from './alert-schema.ts'

/** What an alert says, in a sentence without its full stop. */
export function alertSentence(alert: Omit<AlertResult, 'isGating' | 'sentence'>): string {
  const { metric, condition, level } = alert
  const { words } = alertMetrics[metric]
  if (level === 'unknown') return `nothing in the run tells the ${words} ${underCondition(condition)}`
  const seen = `${words} is ${observedWords(alert)} ${underCondition(condition)}`
  return level === 'none' ? `${seen}, which raises no alert` : `${seen}, ${beyondWords(alert)}: ${level}`
}

/** The figure as readers say it. */
export function observedWords({ metric, observed, level }: Pick<AlertResult, 'metric' | 'observed' | 'level'>): string {
  if (observed === null) return level === 'unknown' ? '–' : 'spent, and there was none'
  if (alertMetrics[metric].unit === 'share') return signedPercent(observed)
  return Number.isInteger(observed) ? String(observed) : observed.toFixed(2)
}

/** From where on an alert is raised: `< 95 %`, `> 15`. */
export function thresholdWords(metric: AlertMetric, threshold: number): string {
  const { isBad, unit } = alertMetrics[metric]
  return `${isBad === 'below' ? '<' : '>'} ${unit === 'share' ? exactPercent(threshold) : threshold}`
}

function beyondWords({ metric, level, warning, critical }: Omit<AlertResult, 'isGating' | 'sentence'>): string {
  return thresholdWords(metric, level === 'critical' ? critical : warning)
}
