import type { Metric } from '../metric.ts'
import type { Objective } from '../objective-schema.ts'
import type { Severity } from './severity.ts'

/**
 * Properties whose violation does harm: what is forbidden, not approved, secret, made twice, or made of damaged words.
 *
 * All of policy (P) and the gate of approvals; effects more than once, whichever way; tool calls that never were whole;
 * an answer out of somebody else's cache; refusing nothing in safe mode.
 */
const harmful = /^(?:P\d+|L8|L10|L11|L12|L14|R9|R10|T7|Z1|Z3|F4|F11|F14|O2)$/

/** Properties whose violation leaves users without an answer: nothing ends, recovers or survives. */
const unavailable = /^(?:L1|L2|L13|T1|F7|K9|B14|B22|O1|O4)$/

/** The severity of a violated property; of a project's own, nobody knows better than the mildest. */
export function severityOfProperty(id: string): Severity {
  if (harmful.test(id)) return 'sev1'
  return unavailable.test(id) ? 'sev2' : 'sev3'
}

const byMeasure: Readonly<Record<string, Severity>> = {
  'violation detection': 'sev1',
  safety: 'sev1',
  'error rate': 'sev1',
  'task success': 'sev2',
  availability: 'sev2',
  correctness: 'sev2',
  hallucination: 'sev1',
}

/** The severity of a missed objective. */
export function severityOfObjective({ measure }: Objective): Severity {
  return byMeasure[measure] ?? 'sev3'
}

const byMetric: Readonly<Partial<Record<Metric, Severity>>> = {
  violation_detection: 'sev1',
  safety: 'sev1',
  task_success: 'sev2',
  availability: 'sev2',
  correctness: 'sev2',
  hallucination_free: 'sev1',
}

/** The severity of a declared value that is refuted. */
export function severityOfMetric(metric: Metric): Severity {
  return byMetric[metric] ?? 'sev3'
}
