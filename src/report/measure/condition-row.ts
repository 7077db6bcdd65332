import { grouped, quantity } from '../../results/quantity.ts'
import type { Measures } from '../../results/measure-schema.ts'
import { excludedWords } from './excluded-words.ts'
import { exactSpan } from '../span.ts'
import { type RateText, rateText } from './rate-text.ts'

/** What a set of tasks was measured to do, in words, for a row of a table. */
export interface MeasureRow {
  readonly name: string
  readonly tasks: string
  /** Tasks that are not counted, with the reason; empty for none. */
  readonly excluded: string
  readonly taskSuccess: RateText
  readonly timeouts: RateText
  /** Null where no violation was injected, or for a stratum. */
  readonly violationDetection: RateText | null
  readonly toolCalls: { readonly mean: string; readonly interval: string; readonly max: string }
  readonly latency: { readonly p50: string; readonly p90: string; readonly p99: string }
  /** Said where tasks never ended; empty for none. */
  readonly unfinished: string
}

/** Puts measures into words, with the intervals that decide. */
export function measureRow(name: string, measures: Measures): MeasureRow {
  const { tasks, excluded, taskSuccess, timeouts, violationDetection, toolCalls, latency } = measures
  const [low, high] = toolCalls.interval ?? []
  return {
    name,
    tasks: grouped(tasks),
    excluded: excludedWords(excluded),
    taskSuccess: rateText(taskSuccess),
    timeouts: rateText(timeouts),
    violationDetection:
      violationDetection === null || violationDetection.of === 0 ? null : rateText(violationDetection),
    toolCalls: {
      mean: toolCalls.mean === null ? '–' : toolCalls.mean.toFixed(2),
      interval: low === undefined || high === undefined ? '' : `${low.toFixed(2)} to ${high.toFixed(2)}`,
      max: toolCalls.max === null ? '–' : grouped(toolCalls.max),
    },
    latency: { p50: percentile(latency.p50Ms), p90: percentile(latency.p90Ms), p99: percentile(latency.p99Ms) },
    unfinished: latency.unfinished === 0 ? '' : `${quantity(latency.unfinished, 'task')} never ended`,
  }
}

function percentile(virtualMs: number | null): string {
  return virtualMs === null ? '–' : exactSpan(virtualMs)
}
