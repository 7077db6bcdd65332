import type { Metric } from '../../objectives/metric.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import type { Measures } from '../../results/measure-schema.ts'
import { exactPercent } from '../../results/percent.ts'
import { indicatorObjectiveWords, seenOfIndicator } from './indicator-words.ts'
import { exactSpan } from '../span.ts'
import { ratePhrase } from './rate-text.ts'

/** The metrics of a declaration as readers say them. */
export const metricWords: Readonly<Record<Metric, string>> = {
  task_success: 'task success',
  timeout_free: 'tasks without a timeout',
  violation_detection: 'violation detection',
  availability: 'availability',
  correctness: 'correctness of answers',
  safety: 'safety',
  hallucination_free: 'answers without an unsupported claim',
}

/**
 * An objective as a phrase: `task success at least 95 %`.
 *
 * @param currency of the measure's prices, where it has any
 */
export function objectiveWords(objective: Objective, currency: string | null = null): string {
  switch (objective.measure) {
    case 'task success':
    case 'violation detection':
      return `${objective.measure} at least ${exactPercent(objective.atLeast)}`
    case 'timeout rate':
      return `timeout rate at most ${exactPercent(objective.atMost)}`
    case 'tool calls per task':
      return `tool calls per task at most ${objective.atMost} on average`
    case 'latency':
      return `99 % of tasks settled within ${exactSpan(objective.p99Ms)}`
    default:
      return indicatorObjectiveWords(objective, currency)
  }
}

/** What was measured of that of which an objective speaks, with the interval that gates where there is one. */
export function seenFor(objective: Objective, measures: Measures): string {
  switch (objective.measure) {
    case 'task success':
      return ratePhrase(measures.taskSuccess)
    case 'violation detection':
      return ratePhrase(measures.violationDetection)
    case 'timeout rate':
      return ratePhrase(measures.timeouts)
    case 'tool calls per task':
      return meanPhrase(measures.toolCalls)
    case 'latency':
      return measures.latency.p99Ms === null
        ? '99th percentile unknown'
        : `99th percentile ${exactSpan(measures.latency.p99Ms)}`
    default:
      return seenOfIndicator(objective, measures)
  }
}

function meanPhrase({ mean, interval }: Measures['toolCalls']): string {
  if (mean === null) return 'nothing counted'
  const between = interval === null ? '' : ` (${interval[0].toFixed(2)} to ${interval[1].toFixed(2)})`
  return `${mean.toFixed(2)} on average${between}`
}
