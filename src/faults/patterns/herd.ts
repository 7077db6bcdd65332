import type { Fault, FaultTarget } from '../../contract/fault.ts'
import type { Span } from '../sources/span.ts'
import { broken } from './breakage.ts'

/**
 * Gathers a herd: every call made within a span is held back and let go at its end, all in the same millisecond.
 *
 * With a workload of many tasks, what each does next it does at once with all others: retries, probes, refills.
 */
export function herd(target: FaultTarget, { fromMs, toMs }: Span): Fault {
  return broken({ id: 'latency.until', parameters: { untilMs: toMs } }, target, { on: 'between', fromMs, toMs })
}
