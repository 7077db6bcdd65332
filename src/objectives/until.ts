import type { Objective } from './objective-schema.ts'

/**
 * When a measure ends: after `all trials`, or as soon as everything is `decided`, looked at after each block of trials.
 *
 * Whoever looks more than once needs intervals that hold at every look: a measure until `decided` is judged by confidence
 * sequences alone.
 */
export const untils = ['all trials', 'decided'] as const

export type Until = (typeof untils)[number]

/** Objectives on shares, which have confidence sequences; a mean without bounds and a difference of shares have none. */
const shares: ReadonlySet<Objective['measure']> = new Set([
  'task success',
  'timeout rate',
  'violation detection',
  'latency',
  ...(['availability', 'correctness', 'safety', 'error rate', 'hallucination', 'latency percentile'] as const),
])

/** Whether an objective may be judged at every look. */
export function isSequential({ measure }: Objective): boolean {
  return shares.has(measure)
}
