import { fewestForMean } from '../../objectives/mean-in.ts'
import { outwards, rounded } from '../../objectives/rounded-interval.ts'
import { clusterOf } from '../../statistics/cluster.ts'
import { clusteredInterval, clusteredMean } from '../../statistics/clustered-mean.ts'
import type { ComparedMean } from './comparison-schema.ts'
import type { TaskOutcome } from '../outcomes/task-outcome.ts'
import { type ConditionSide, type TrialPairs, pairedTasks } from './paired-tasks.ts'

const values = {
  latency: ({ latencyMs }: TaskOutcome): number | null => latencyMs,
  'tool calls': ({ toolCalls }: TaskOutcome): number | null => toolCalls,
} as const

/** Of fewer than so many there is no interval. */
const fewest = { trial: fewestForMean, task: 20 } as const

/**
 * Compares latency and tool calls of the same tasks of the same trials; a task that never ended on either side has no
 * latency to compare.
 *
 * @param unit what is taken as independent
 */
export function compareMeans(
  scenario: string,
  baseline: ConditionSide,
  current: ConditionSide,
  unit: ComparedMean['unit'],
): ComparedMean[] {
  const trials = pairedTasks(baseline, current)
  const groups = unit === 'trial' ? trials : [...Map.groupBy(trials.flat(), ({ task }) => task).values()]
  const place = { scenario, condition: current.condition.name, unit }
  return (['latency', 'tool calls'] as const).flatMap((what) => {
    const mean = pairedMean(groups, values[what], fewest[unit])
    return mean === null ? [] : [{ ...place, what, ...mean }]
  })
}

function pairedMean(
  groups: readonly TrialPairs[],
  valueOf: (outcome: TaskOutcome) => number | null,
  fewestGroups: number,
): Omit<ComparedMean, 'scenario' | 'condition' | 'what' | 'unit'> | null {
  const pairs = groups.map((group) =>
    group.flatMap(({ baseline, current }) => {
      const [before, after] = [valueOf(baseline), valueOf(current)]
      return before === null || after === null ? [] : [{ before, after }]
    }),
  )
  const filled = pairs.filter(({ length }) => length > 0)
  if (filled.length === 0) return null
  const meanOf = (of: (pair: { before: number; after: number }) => number) =>
    clusteredMean(filled.map((group) => clusterOf(group.map(of))))
  const difference = meanOf(({ before, after }) => after - before)
  const interval = filled.length < fewestGroups ? null : clusteredInterval(difference)
  return {
    baseline: rounded(meanOf(({ before }) => before).mean),
    current: rounded(meanOf(({ after }) => after).mean),
    difference: rounded(difference.mean),
    interval: interval && outwards(interval),
  }
}
