import { alertMetrics } from '../../objectives/alerts/alert-rules.ts'
import type { AlertResult } from '../../results/alerts/alert-schema.ts'
import { observedWords, thresholdWords } from '../../results/alerts/alert-words.ts'
import type { ServiceRow, ServiceTable } from './service-table.ts'

const looks = {
  none: { sign: '✓', word: 'quiet', tone: 'good' },
  warning: { sign: '?', word: 'warning', tone: 'open' },
  critical: { sign: '✕', word: 'critical', tone: 'bad' },
  unknown: { sign: '–', word: 'unknown', tone: 'none' },
} as const satisfies Record<AlertResult['level'], Partial<ServiceRow>>

/** What alerts say under each condition; those that nothing in the run tells are in results.json alone. */
export function alertTable(alerts: readonly AlertResult[]): ServiceTable {
  return {
    title: 'Alerts',
    columns: ['Level', 'Figure', 'Condition', 'Observed', 'Warning', 'Critical'],
    rows: alerts.filter(({ level }) => level !== 'unknown').map(rowOf),
  }
}

function rowOf({ metric, condition, warning, critical, ...alert }: AlertResult): ServiceRow {
  const { level, isGating, sentence } = alert
  return {
    ...looks[level],
    cells: [
      alertMetrics[metric].words,
      condition,
      observedWords({ ...alert, metric }),
      thresholdWords(metric, warning),
      thresholdWords(metric, critical),
    ],
    sentence: level === 'none' ? '' : `alert${isGating ? ' that gates' : ''}: ${sentence}`,
  }
}
