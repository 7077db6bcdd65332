import type { Metric } from '../../objectives/metric.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import { exactPercent } from '../percent.ts'
import { exactSpan } from '../span.ts'

/** The metrics of a declaration as readers say them. */
export const metricWords: Readonly<Record<Metric, string>> = {
  task_success: 'task success',
  timeout_free: 'tasks without a timeout',
  violation_detection: 'violation detection',
}

/** An objective as a phrase: `task success at least 95 %`. */
export function objectiveWords(objective: Objective): string {
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
  }
}
