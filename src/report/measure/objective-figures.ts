import type { MeasuredRate } from '../../objectives/measured-rate.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import type { Measures } from '../../results/measure-schema.ts'
import { figure } from '../../results/indicator-words.ts'
import { quantity } from '../../results/quantity.ts'
import { exactSpan } from '../span.ts'
import { driftPhrase } from './indicator-words.ts'
import { intervalNames } from './interval-words.ts'
import { rateText } from './rate-text.ts'

/** What was measured of that of which an objective speaks, in parts for a card; parts that there are none of are empty. */
export interface ObjectiveFigures {
  readonly observed: string
  /** The two-sided 95 % interval that gates. */
  readonly interval: string
  /** What it is called, with the tasks that it speaks of. */
  readonly intervalName: string
  readonly counted: string
}

/** The figures of an objective: of a share, of a mean, of a percentile, or of the drift of conversations. */
export function objectiveFigures(objective: Objective, measures: Measures): ObjectiveFigures {
  const rate = rateFor(objective, measures)
  if (rate !== null) {
    const { share, interval, counts } = rateText(rate)
    return { observed: share, interval, intervalName: intervalNames[rate.basis], counted: counts }
  }
  const mean = meanFor(objective, measures)
  const tasks = quantity(measures.tasks, 'task')
  const intervalName = intervalNames[measures.taskSuccess.basis]
  if (mean !== null) {
    const { value, between } = mean
    const told = (amount: number): string => figure(amount, objective.measure)
    if (value === null) return { observed: 'nothing counted', interval: '', intervalName, counted: '' }
    const interval = between === null ? '' : `${told(between[0])} to ${told(between[1])}`
    return { observed: `${told(value)} on average`, interval, intervalName, counted: tasks }
  }
  return { observed: otherwise(objective, measures), interval: '', intervalName, counted: tasks }
}

/** What more of is worse, where an objective is no share: a mean or a span; null for shares, which have budgets. */
export function amountOf(objective: Objective, measures: Measures): number | null {
  if (objective.measure === 'latency') return measures.latency.p99Ms ?? Number.POSITIVE_INFINITY
  if (objective.measure === 'latency percentile') return measures.latency.maxMs ?? Number.POSITIVE_INFINITY
  return meanFor(objective, measures)?.value ?? null
}

function rateFor({ measure }: Objective, measures: Measures): MeasuredRate | null {
  const { indicators } = measures
  switch (measure) {
    case 'task success':
      return measures.taskSuccess
    case 'timeout rate':
      return measures.timeouts
    case 'violation detection':
      return measures.violationDetection
    case 'availability':
    case 'correctness':
    case 'hallucination':
    case 'safety':
      return indicators?.[measure].rate ?? null
    default:
      return null
  }
}

interface Mean {
  readonly value: number | null
  readonly between: readonly [number, number] | null
}

function meanFor({ measure }: Objective, { toolCalls, indicators }: Measures): Mean | null {
  if (measure === 'tool calls per task') return { value: toolCalls.mean, between: toolCalls.interval }
  const key = indicatorMeans.get(measure)
  const mean = key === undefined ? undefined : indicators?.[key]
  return mean === undefined ? null : { value: mean.mean, between: mean.interval }
}

const indicatorMeans: ReadonlyMap<Objective['measure'], 'tokens' | 'cost' | 'delegationDepth'> = new Map([
  ['tokens per task', 'tokens'],
  ['cost per task', 'cost'],
  ['delegation depth', 'delegationDepth'],
])

function otherwise({ measure }: Objective, { latency, indicators }: Measures): string {
  if (measure === 'latency')
    return latency.p99Ms === null ? '99th percentile unknown' : `99th percentile ${exactSpan(latency.p99Ms)}`
  if (measure === 'latency percentile')
    return latency.maxMs === null ? 'slowest unknown' : `slowest ${exactSpan(latency.maxMs)}`
  if (measure === 'drift') return driftPhrase(indicators?.drift ?? null)
  if (measure === 'error rate' && indicators !== null)
    return `${rateText(indicators.safety.rate).share} without a violation`
  return 'nothing counted'
}
