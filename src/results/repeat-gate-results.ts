import type { ConditionCounts } from '../objectives/condition-counts.ts'
import { allTasks } from '../objectives/condition-counts.ts'
import { type RepeatJudgement, type TaskRepeats, judgeTaskRepeats } from '../objectives/judge-task-repeats.ts'
import { neededOf } from '../objectives/repeat-gate-rule.ts'
import type { RepeatGate } from '../objectives/repeat-gate-schema.ts'
import { noOutcomes } from '../objectives/task-outcomes.ts'
import { underCondition } from './condition-words.ts'
import type { RepeatGateResult } from './gate-schema.ts'
import type { MeasureTally } from './measure-tally.ts'
import { trialOutcomes } from './outcomes/trial-outcomes.ts'
import { exactPercent } from './percent.ts'
import { quantity } from './quantity.ts'

/** Tasks named in a sentence; results hold all. */
const mostNamed = 5

/** A gate with what it says of each task under one condition, before misses are judged together. */
export interface OpenRepeatGate {
  readonly gate: RepeatGate
  readonly condition: string
  readonly tasks: readonly RepeatJudgement[]
}

/**
 * Judges a gate on every task under every condition that it speaks of.
 *
 * @param tasks ids of all tasks, in their order
 * @param without those in quarantine, which it does not judge
 */
export function openRepeatGates(
  gate: RepeatGate,
  conditions: readonly { readonly counts: ConditionCounts; readonly tally: MeasureTally }[],
  tasks: readonly string[],
  without: readonly string[] = [],
): OpenRepeatGate[] {
  const spokenOf = conditions.filter(({ counts }) => gate.under === null || gate.under === counts.name)
  return spokenOf.map(({ counts, tally }) => ({
    gate,
    condition: counts.name,
    tasks: repeatsOf(gate, counts, tally, tasks)
      .filter(({ task }) => !without.includes(task))
      .map((repeats) => judgeTaskRepeats(gate, repeats, counts.reading)),
  }))
}

function repeatsOf(
  gate: RepeatGate,
  counts: ConditionCounts,
  tally: MeasureTally,
  tasks: readonly string[],
): TaskRepeats[] {
  if (gate.gate === 'each task' && gate.of !== null) return firstRepeats(tally, tasks, gate.of)
  const { byTask } = allTasks(counts)
  return tasks.map((task) => {
    const { solved, failed } = (Object.hasOwn(byTask, task) ? byTask[task] : undefined) ?? noOutcomes
    return { task, solved, of: solved + failed }
  })
}

/** The first repeats of each task in the order of the trials, so that more trials change nothing. */
function firstRepeats(tally: MeasureTally, tasks: readonly string[], wanted: number): TaskRepeats[] {
  const seen = tasks.map((task) => ({ task, solved: 0, of: 0 }))
  const counted = [...(trialOutcomes(tally)?.values() ?? [])].flat().filter(({ verdict }) => verdict !== 'excluded')
  for (const { task, verdict } of counted) {
    const repeats = seen[task]
    if (repeats === undefined || repeats.of === wanted) continue
    repeats.of++
    if (verdict === 'solved') repeats.solved++
  }
  return seen
}

/** The result of a gate, once it is known which misses hold. */
export function repeatGateResult(
  { gate, condition, tasks }: OpenRepeatGate,
  holds: (judgement: RepeatJudgement) => boolean,
): RepeatGateResult {
  const failing = tasks.filter((task) => task.verdict === 'not reached' && holds(task))
  const met = tasks.filter(({ verdict }) => verdict === 'reached')
  const undecided = tasks.filter((task) => !failing.includes(task) && !met.includes(task))
  const verdict = failing.length > 0 ? 'missed' : undecided.length > 0 ? 'inconclusive' : 'met'
  const counts = (list: readonly RepeatJudgement[]): TaskRepeats[] =>
    list.map(({ task, solved, of }) => ({ task, solved, of }))
  const seen = [
    ...(failing.length > 0 ? [`fails for ${named(failing)}`] : []),
    ...(undecided.length > 0 ? [`undecided for ${named(undecided)}`] : []),
    ...(met.length > 0 ? [`kept by ${quantity(met.length, 'task')}`] : []),
  ]
  return {
    gate,
    condition,
    verdict,
    met: met.length,
    failing: counts(failing),
    undecided: counts(undecided),
    sentence: `${repeatGateWords(gate)} ${underCondition(condition)}: ${seen.join(', ')}, so it is ${verdict}`,
    isQuarantined: false,
  }
}

/** What a gate asks for: `each task solved in at least 8 of 10 repeats`. */
export function repeatGateWords(gate: RepeatGate): string {
  if (gate.gate === 'pass^k') {
    return `each task solved ${quantity(gate.k, 'time')} in a row with a chance of at least ${exactPercent(gate.atLeast)}`
  }
  if (gate.of === null) return `each task solved in at least ${exactPercent(gate.atLeast)} of its repeats`
  return `each task solved in at least ${neededOf(gate.atLeast, gate.of)} of ${gate.of} repeats`
}

function named(tasks: readonly TaskRepeats[]): string {
  const shown = tasks.slice(0, mostNamed).map(({ task, solved, of }) => `"${task}" (${solved} of ${of})`)
  return tasks.length > mostNamed ? `${shown.join(', ')} and ${tasks.length - mostNamed} more` : shown.join(', ')
}
