import { usageError } from '../contract/errors.ts'
import { type Reading, plainReading } from '../objectives/population.ts'
import { compareText } from './compare-text.ts'
import { differingParts } from './comparison/differing-parts.ts'
import { readingOf } from './measure-reading.ts'
import type { ScenarioResult } from './results-schema.ts'

/**
 * Refuses to pool runs of one scenario whose rates are rates of different things.
 *
 * @throws {ShakedownError} of kind `usage` naming what differs: tasks, graders or faults
 */
export function requireSame(scenario: string, one: ScenarioResult, other: ScenarioResult): void {
  const [before, now] = [tasksOf(one), tasksOf(other)]
  if (before !== now) {
    throw usageError(
      'SUGGEST_TASKS',
      `the results of scenario "${scenario}" are of different tasks (${before} and ${now}); give results of the same ones.`,
    )
  }
  requireSamePrints(scenario, one, other)
  if (faultsOf(one) !== faultsOf(other)) {
    throw usageError(
      'SUGGEST_CONDITIONS',
      `the results of scenario "${scenario}" were measured under different faults; give results of the same conditions.`,
    )
  }
}

/** A task or a grader may change and keep its name. Earlier results do not say what they were measured with. */
function requireSamePrints(scenario: string, one: ScenarioResult, other: ScenarioResult): void {
  if (one.fingerprint === null || other.fingerprint === null) return
  const [changed] = differingParts({ baseline: one, current: other, conditions: [] }, false).filter(
    ({ part }) => part === 'tasks' || part === 'graders',
  )
  if (changed === undefined) return
  throw usageError(
    'SUGGEST_TASKS',
    `the results of scenario "${scenario}" are of tasks that changed in between (${changed.sentence}); give results of the same ones.`,
  )
}

/**
 * How the pooled counts of several runs are read: one run that was looked at on the way makes them such ones.
 *
 * @throws {ShakedownError} of kind `usage` where the runs speak of different populations
 */
export function pooledReading(scenario: string, runs: readonly ScenarioResult[]): Reading {
  const [first = plainReading, ...others] = runs.flatMap(({ measure }) =>
    measure === null ? [] : [readingOf(measure)],
  )
  const other = others.find(({ population }) => population !== first.population)
  if (other !== undefined) {
    throw usageError(
      'SUGGEST_POPULATION',
      `the results of scenario "${scenario}" speak of different populations ("${first.population}" and "${other.population}"); give results of one.`,
    )
  }
  return { ...first, isSequential: [first, ...others].some(({ isSequential }) => isSequential) }
}

function tasksOf({ measure }: ScenarioResult): string {
  const strata = measure?.conditions.flatMap(({ tally }) =>
    Object.values(tally.strata).flatMap(({ byTask }) => Object.keys(byTask)),
  )
  return [...new Set(strata)]
    .toSorted(compareText)
    .map((id) => `"${id}"`)
    .join(', ')
}

function faultsOf({ measure }: ScenarioResult): string {
  return JSON.stringify(measure?.conditions.map(({ name, faults }) => [name, faults]))
}
