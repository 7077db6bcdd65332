import { holm } from '../../statistics/adjusted-p-values.ts'
import { underCondition } from '../condition-words.ts'
import type { Results, ScenarioResult } from '../results-schema.ts'
import { quarantineFound } from '../quarantine/quarantine-terms.ts'
import { type OpenCell, compareCondition } from './compare-condition.ts'
import { compareMeans } from './compare-means.ts'
import type { ComparedCell, ComparedPart, Comparison } from './comparison-schema.ts'
import { verdictOfContrast } from './decide-cell.ts'
import { type ScenarioPair, differingParts } from './differing-parts.ts'
import type { ConditionSide } from './paired-tasks.ts'

/** How two results are compared. */
export interface CompareOptions {
  /** How the earlier result is called. */
  readonly baseline: string
  /** Differences of rates within it count as none, 0 to 1. */
  readonly margin: number
  /** What may differ. */
  readonly allow: readonly ComparedPart[]
}

/** Compared results, as far as they matter. */
export type ComparedResults = Pick<Results, 'seed' | 'scenarios'>

/**
 * Compares a result with an earlier one: paired, trial by trial, where both have the same seed.
 *
 * Refused where something else than the agent's behaviour differs that is not allowed to: then nothing is compared.
 * Of which tasks the rates speak, the current result says. It also says what is in quarantine, which is shown and decides
 * nothing: all tasks are then all but those.
 */
export function compareResults(
  baseline: ComparedResults,
  current: ComparedResults,
  options: CompareOptions,
): Comparison {
  const isPaired = baseline.seed === current.seed
  const pairs = scenarioPairs(baseline, current)
  const differing = pairs.flatMap((pair) => differingParts(pair, isPaired))
  const refusals = differing.filter(({ part }) => !options.allow.includes(part))
  const open = refusals.length > 0 ? [] : pairs.flatMap((pair) => cellsOf(pair, isPaired))
  const cells = judged(open, options, current)
  const uncompared = uncomparedParts(baseline, current)
  return {
    format: 'shakedown-comparison',
    version: 1,
    baseline: options.baseline,
    seeds: { baseline: baseline.seed, current: current.seed },
    isPaired,
    margin: options.margin,
    status: refusals.length > 0 ? 'refused' : statusOf(cells, uncompared.lost.length > 0),
    refusals,
    allowed: differing.filter(({ part }) => options.allow.includes(part)),
    uncompared: [...uncompared.lost, ...uncompared.added],
    cells,
    means: refusals.length > 0 || !isPaired ? [] : pairs.flatMap(meansOf),
  }
}

function scenarioPairs(baseline: ComparedResults, current: ComparedResults): ScenarioPair[] {
  return current.scenarios.flatMap((scenario) => {
    const before = baseline.scenarios.find(({ name }) => name === scenario.name)
    if (before === undefined) return []
    const conditions = sidesOf(scenario).flatMap((side) => {
      const earlier = sidesOf(before).find(({ condition }) => condition.name === side.condition.name)
      return earlier === undefined ? [] : [{ baseline: earlier, current: side }]
    })
    return conditions.length === 0 ? [] : [{ baseline: before, current: scenario, conditions }]
  })
}

function sidesOf({ measure, fingerprint }: ScenarioResult): ConditionSide[] {
  const tasks = fingerprint?.tasks.map(({ id }) => id) ?? []
  return measure?.conditions.map((condition) => ({ condition, tasks })) ?? []
}

function cellsOf({ current: { name, quarantine, measure }, conditions }: ScenarioPair, isPaired: boolean): OpenCell[] {
  const { tasks } = quarantineFound(quarantine)
  const population = measure?.population ?? 'these tasks'
  return conditions.flatMap(({ baseline, current }) =>
    compareCondition(name, { baseline, current, isPaired, without: tasks, population }),
  )
}

function meansOf({ current: { name, measure }, conditions }: ScenarioPair): Comparison['means'] {
  const unit = measure?.population === 'tasks like these' ? 'task' : 'trial'
  return conditions.flatMap(({ baseline, current }) => compareMeans(name, baseline, current, unit))
}

/** Every cell is judged among all of them: one false alarm among many stops a deploy as well. */
function judged(open: readonly OpenCell[], { margin }: CompareOptions, current: ComparedResults): ComparedCell[] {
  const held = new Map(current.scenarios.map(({ name, quarantine }) => [name, quarantineFound(quarantine)] as const))
  const adjusted = holm(open.map(({ p }) => p ?? 1))
  return open.map((cell, index) => {
    const { difference, interval, p, isIdentical } = cell
    const adjustedP = p === null ? null : (adjusted[index] ?? 1)
    const verdict = isIdentical
      ? 'unchanged'
      : difference === null || interval === null
        ? 'undecided'
        : verdictOfContrast({ difference, interval }, adjustedP ?? 1, margin)
    const decides = cell.task === null || verdict === 'regressed'
    const { scenario = false, tasks = [] } = held.get(cell.scenario) ?? {}
    const isHeld = scenario || (cell.task !== null && tasks.includes(cell.task))
    return { ...cell, adjustedP, verdict, isGating: decides && !isHeld }
  })
}

/** A single regression outweighs everything; what is undecided outweighs what improved. */
function statusOf(cells: readonly ComparedCell[], hasLost: boolean): Comparison['status'] {
  const gating = cells.filter(({ isGating }) => isGating).map(({ verdict }) => verdict)
  if (gating.includes('regressed')) return 'regressed'
  if (hasLost || cells.length === 0 || gating.includes('undecided')) return 'undecided'
  return gating.includes('improved') ? 'improved' : 'unchanged'
}

/** What only one side measured: lost is what the baseline has and the current result lacks. */
function uncomparedParts(baseline: ComparedResults, current: ComparedResults): { lost: string[]; added: string[] } {
  return {
    lost: onlyIn(baseline, current).map((what) => `${what} was measured in the baseline and is not now`),
    added: onlyIn(current, baseline).map((what) => `${what} was not measured in the baseline`),
  }
}

function onlyIn({ scenarios }: ComparedResults, other: ComparedResults): string[] {
  return scenarios.flatMap((scenario) => {
    const found = other.scenarios.find(({ name }) => name === scenario.name)
    const known = new Set(found === undefined ? [] : sidesOf(found).map(({ condition }) => condition.name))
    const missing = sidesOf(scenario).filter(({ condition }) => !known.has(condition.name))
    if (missing.length === 0) return []
    if (known.size === 0) return [`"${scenario.name}"`]
    return missing.map(({ condition }) => `"${scenario.name}" ${underCondition(condition.name)}`)
  })
}
