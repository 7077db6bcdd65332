import * as fc from 'fast-check'
import { emptyMeasureTally } from '../../../src/results/measure-tally.ts'
import type { ComparedResults } from '../../../src/results/comparison/compare-results.ts'
import type { Fingerprint } from '../../../src/results/fingerprint-schema.ts'
import { type MeasuredCondition, measureResultSchema } from '../../../src/results/measure-schema.ts'
import { writeOutcomes } from '../../../src/results/outcomes/outcome-text.ts'
import { countsOfOutcomes } from '../../../src/results/outcomes/counts-of-outcomes.ts'
import type { TaskOutcome, TrialOutcome } from '../../../src/results/outcomes/task-outcome.ts'
import { conditionOf, measuresOf, noFailures } from '../../report/_measures.ts'
import { scenarioOf } from '../../report/_sample.ts'

export const taskIds = ['refund', 'status', 'return']

/** `+` solved, `-` failed: the tasks of a trial, the first three of the scenario in turn. */
export function trialsOf(text: string): TrialOutcome[] {
  return text
    .split(' ')
    .map((tasks) => [...tasks].map((sign, place) => outcomeOf(place % taskIds.length, sign === '+')))
}

/** One task a trial, in turn: so many of so many solved, evenly spread. */
export function spread(solved: number, of: number): TrialOutcome[] {
  return Array.from({ length: of }, (_, trial) => [
    outcomeOf(trial % taskIds.length, Math.floor(((trial + 1) * solved) / of) > Math.floor((trial * solved) / of)),
  ])
}

export function outcomeOf(task: number, isSolved: boolean, changes: Partial<TaskOutcome> = {}): TaskOutcome {
  const verdict = isSolved ? 'solved' : 'failed'
  return { task, verdict, timedOut: false, toolCalls: 2, latencyMs: 1_000, ...changes }
}

const hash = '0123456789abcdef'

export const fingerprint: Fingerprint = {
  tasks: taskIds.map((id) => ({ id, hash })),
  graders: taskIds.map(() => hash),
  prompts: hash,
  tools: [{ name: 'issue_refund', hash }],
  conditions: [{ name: 'tool failures', hash }],
}

/** A result with one scenario, "desk", that measured these trials under one condition; no two have the same traces. */
export function resultOf(
  trials: readonly TrialOutcome[],
  changes: Partial<Fingerprint> = {},
  seed = 1,
): ComparedResults {
  const condition = measured('tool failures', trials)
  const terms = { declaredTrials: 1, traceHash: '', objectives: [], declaration: null }
  const measure = measureResultSchema.parse({ ...terms, conditions: [condition] })
  return { seed, scenarios: [scenarioOf('desk', { measure, fingerprint: { ...fingerprint, ...changes } })] }
}

/** The same of a scenario with so many tasks, whose rates speak of tasks like these. */
export function resultOfTasks(trials: readonly TrialOutcome[], tasks: number, seed = 1): ComparedResults {
  const ids = Array.from({ length: tasks }, (_, index) => `task ${index}`)
  const condition = measured('tool failures', trials, ids)
  const terms = { declaredTrials: 1, population: 'tasks like these', traceHash: '', objectives: [], declaration: null }
  const measure = measureResultSchema.parse({ ...terms, conditions: [condition] })
  const own = { ...fingerprint, tasks: ids.map((id) => ({ id, hash })), graders: ids.map(() => hash) }
  return { seed, scenarios: [scenarioOf('desk', { measure, fingerprint: own })] }
}

let traces = 0

export function measured(
  name: string,
  trials: readonly TrialOutcome[],
  ids: readonly string[] = taskIds,
): MeasuredCondition {
  const blocks = Array.from({ length: Math.ceil(trials.length / 100) }, (_, index) => ({
    index,
    hash: String(traces++),
    outcomes: writeOutcomes(trials.slice(index * 100, index * 100 + 100)),
  }))
  const byTask = Object.fromEntries(
    ids.map((id, index) => {
      const { solved, failed, timedOut } = countsOfOutcomes(trials, (task) => task === index)
      return [id, { solved, failed, timedOut, excluded: {} }]
    }),
  )
  const counts = { ...countsOfOutcomes(trials), byTask }
  const { trials: countedTrials } = counts
  const tally = { ...emptyMeasureTally, blocks, trials: trials.length, countedTrials, strata: { all: counts } }
  return { ...conditionOf(name, measuresOf(1)), tally, attribution: noFailures }
}

/** Trials of one to three tasks, with outcomes that differ between the two, and excluded ones among them. */
export const anyTwoRuns: fc.Arbitrary<readonly [TrialOutcome[], TrialOutcome[]]> = fc
  .array(fc.array(fc.tuple(anyOutcome(), anyOutcome()), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 250,
  })
  .map((trials) => [
    trials.map((tasks) => tasks.map(([one], place) => ({ ...one, task: place }))),
    trials.map((tasks) => tasks.map(([, other], place) => ({ ...other, task: place }))),
  ])

function anyOutcome(): fc.Arbitrary<TaskOutcome> {
  return fc
    .record({ sign: fc.constantFrom('+', '+', '+', '-', 'x'), toolCalls: fc.nat(9), latencyMs: fc.nat(5_000) })
    .map(({ sign, toolCalls, latencyMs }) =>
      sign === 'x'
        ? { task: 0, verdict: 'excluded', timedOut: false, toolCalls: 0, latencyMs: null }
        : outcomeOf(0, sign === '+', { toolCalls, latencyMs }),
    )
}
