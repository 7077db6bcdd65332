import { z } from 'zod'
import { ShakedownError, usageError } from '../contract/errors.ts'
import { type Fault, faultSchema } from '../contract/fault.ts'
import { parseInput } from '../contract/parse.ts'
import type { Secret } from '../contract/secret.ts'
import { catalogueMember } from '../faults/catalogue.ts'
import { PlanInjector } from '../faults/plan-injector.ts'
import { type Prices, type PricesInput, pricesSchema } from '../objectives/indicators/prices.ts'
import type { AccuracyDeclaration } from '../objectives/accuracy-declaration.ts'
import type { AlertOverrides } from '../objectives/alerts/alert-rules.ts'
import type { Stakes } from '../objectives/budgets/budget-action.ts'
import type { DependencySlo } from '../objectives/dependencies/dependency-slo.ts'
import { type Objective, objectiveSchema } from '../objectives/objective-schema.ts'
import { type Population, populations } from '../objectives/population.ts'
import type { RepeatGate } from '../objectives/repeat-gate-schema.ts'
import { type Familywise, familywises } from '../results/gate-schema.ts'
import { gateSchema, splitGates } from './gate-input.ts'
import { readDeclarations } from '../objectives/read-declarations.ts'
import { type BudgetTerms, budgetTermsShape } from '../results/budgets/budget-terms.ts'
import { withoutFaults } from '../results/condition-words.ts'
import type { Task } from '../contract/task.ts'
import type { Upstream } from '../wire/upstream.ts'
import { type Until, untils } from '../objectives/until.ts'
import { readBudgetTerms } from './budget-input.ts'
import { requirePossible } from './require-possible.ts'
import { requireSequential } from './require-sequential.ts'
import { type Surface, type SurfaceInput, readSurface } from './surface-input.ts'

/** Trials at fixed fault rates, to say how reliable the agent is. */
export interface MeasureInput {
  /** Trials under each condition of a full run. */
  readonly trials: number
  /** Trials of `run --quick`; default a tenth, at least 100. */
  readonly quickTrials?: number
  /**
   * Faults at fixed rates: one list, or a list for each named condition, e.g. one for each class of faults. The same
   * trials are always measured without faults as well.
   */
  readonly faults: readonly Fault[] | Readonly<Record<string, readonly Fault[]>>
  /**
   * What rates speak of: `these tasks` (default), where each trial is an observation, or `tasks like these`, where the tasks
   * are a sample of what customers ask for and intervals are clustered by task.
   */
  readonly population?: Population
  /**
   * When to end: after `all trials` (default), or as soon as every objective and declared value is `decided`, asked after
   * each 100 trials; `trials` are then the most that are made, and verdicts rest on confidence sequences.
   */
  readonly until?: Until
  /** How reliability falls as tasks are paraphrased and faults grow intense. */
  readonly surface?: SurfaceInput
  /** Levels to keep, e.g. `objectives.taskSuccess(0.95)`. */
  readonly objectives?: readonly Objective[]
  /** What tokens of each model cost; absent: no cost is known. */
  readonly prices?: PricesInput
  /** What must hold: objectives, which may as well stand under `objectives`, and gates on single tasks, e.g. `gates.eachTask({ atLeast: 0.8 })`. */
  readonly gates?: readonly (Objective | RepeatGate)[]
  /** Thresholds that are shown and warned about, and never gate. */
  readonly scores?: readonly Objective[]
  /**
   * Whether misses of several gates are adjusted by Holm, so that one of many does not fail by luck (default), or each
   * gate is judged by itself (`none`).
   */
  readonly familywise?: Familywise
  /** The agent's accuracy declaration, as its JSON file holds it; a list of its versions, the oldest first, is checked as a chain. */
  readonly declaration?: unknown
  /** What upstreams have promised, e.g. `dependencySlo({ upstream: 'openai', availability: 0.999 })`. */
  readonly dependencies?: readonly DependencySlo[]
  /** What hangs on the agent; default `medium`. It decides what is recommended once an error budget is spent. */
  readonly stakes?: Stakes
  /**
   * Failures of each condition whose cause is found, those of the lowest trials; default 20. More cost up to 120 trials
   * each; failures that are not examined always spend the agent's budget.
   */
  readonly attributed?: number | 'all'
  /** Alerts in place of the usual table, e.g. `alerts({ taskSuccess: { warning: 0.9, critical: 0.8 } })`. */
  readonly alerts?: AlertOverrides
}

/** What a measure refers to in its scenario. */
export interface MeasureSurroundings {
  readonly secrets: readonly Secret[]
  /** What its faults may be aimed at. */
  readonly upstreams: readonly Upstream[]
  readonly tasks: readonly Task[]
  /** Whether each trial has one task, taken in turns. */
  readonly isInTurns: boolean
}

/** The faults of one condition. */
export interface Condition {
  readonly name: string
  readonly faults: readonly Fault[]
  /** The catalogue family of all of them; null for none or several. */
  readonly family: string | null
  /** Share of tasks that are worded as one of their paraphrases; absent: none. */
  readonly paraphrased?: number
}

/** A measure, parsed. */
export interface Measure {
  readonly trials: number
  readonly quickTrials: number
  /** The one without faults comes first. */
  readonly conditions: readonly Condition[]
  readonly population: Population
  readonly until: Until
  readonly surface: Surface | null
  readonly objectives: readonly Objective[]
  readonly prices: Prices | null
  readonly repeatGates: readonly RepeatGate[]
  readonly scores: readonly Objective[]
  readonly familywise: Familywise
  readonly declaration: AccuracyDeclaration | null
  readonly budgets: BudgetTerms
}

/** The name of the condition where the author gives one list of faults. */
const withFaults = 'with faults'

const remedy = 'compare the field with the example in the README'

const measureSchema = z.strictObject({
  trials: z.int().min(1).max(1_000_000),
  quickTrials: z.int().min(1).optional(),
  faults: z.union([z.array(faultSchema), z.record(z.string().min(1), z.array(faultSchema).min(1))], {
    error: 'expected a list of faults, or lists of faults by the name of their condition',
  }),
  population: z.enum(populations).default('these tasks'),
  until: z.enum(untils).default('all trials'),
  /** Read by {@link readSurface}, which tells more. */
  surface: z.unknown().optional(),
  objectives: z.array(objectiveSchema).default([]),
  prices: pricesSchema.optional(),
  gates: z.array(gateSchema).default([]),
  scores: z.array(objectiveSchema).default([]),
  familywise: z.enum(familywises).default('holm'),
  declaration: z.unknown().optional(),
  ...budgetTermsShape,
})

/**
 * Reads the `measure` of a scenario.
 *
 * @param place e.g. `scenario "support"`
 * @throws {ShakedownError} of kind `usage` naming the field: for faults that are not the catalogue's or can strike nothing
 * that they are aimed at, objectives under a condition that is not there, and declarations as {@link readDeclarations}
 */
export function readMeasure(input: MeasureInput, place: string, surroundings: MeasureSurroundings): Measure {
  const { measure } = parseInput(z.strictObject({ measure: measureSchema }), { measure: input }, place, remedy)
  const conditions = conditionsOf(measure.faults, place, surroundings)
  const gating = splitGates(measure)
  for (const { under } of [...gating.objectives, ...gating.repeatGates, ...measure.scores]) {
    if (under !== null) requireCondition(under, conditions, place)
  }
  const hasDeclaration = measure.declaration !== undefined
  requireSequential(
    { ...measure, objectives: gating.objectives, isElseDecided: hasDeclaration || gating.repeatGates.length > 0 },
    place,
  )
  if (
    measure.prices === undefined &&
    [...gating.objectives, ...measure.scores].some((one) => one.measure === 'cost per task')
  ) {
    throw usageError(
      'PRICES',
      `${place}: an objective speaks of cost per task and the measure has no prices; give it \`prices: { currency: 'USD', models: { … } }\`.`,
    )
  }
  return {
    trials: measure.trials,
    quickTrials: measure.quickTrials ?? Math.min(measure.trials, Math.max(100, Math.ceil(measure.trials / 10))),
    conditions,
    population: measure.population,
    until: measure.until,
    surface: measure.surface === undefined ? null : surfaceOf(measure.surface, conditions, place, surroundings),
    ...gating,
    scores: measure.scores,
    familywise: measure.familywise,
    budgets: readBudgetTerms(measure, place, surroundings.upstreams),
    prices: measure.prices ?? null,
    declaration: measure.declaration === undefined ? null : readDeclarations(measure.declaration, place),
  }
}

function conditionsOf(
  faults: Fault[] | Record<string, Fault[]>,
  place: string,
  surroundings: MeasureSurroundings,
): Condition[] {
  const named = Array.isArray(faults) ? [[withFaults, faults] as const] : Object.entries(faults)
  if (named.some(([name]) => name === withoutFaults)) {
    throw usageError(
      'CONDITION',
      `${place}: the condition "${withoutFaults}" is measured always and has no faults; give yours another name.`,
    )
  }
  const conditions = named
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => {
      requireFaults(name, list, place, surroundings)
      return { name, faults: list, family: commonFamily(list) }
    })
  return [{ name: withoutFaults, faults: [], family: null }, ...conditions]
}

function surfaceOf(
  input: unknown,
  conditions: readonly Condition[],
  place: string,
  surroundings: MeasureSurroundings,
): Surface {
  const { tasks, isInTurns } = surroundings
  const surface = readSurface(input, place, {
    tasks,
    isInTurns,
    requireFaults: (name, list) => requireFaults(name, list, place, surroundings),
  })
  const twice = surface.cells.find(({ name }) => conditions.some((condition) => condition.name === name))
  if (twice === undefined) return surface
  throw usageError(
    'CONDITION',
    `${place}: the condition "${twice.name}" is called as a part of the surface; give it another name.`,
  )
}

function requireFaults(name: string, faults: Fault[], place: string, surroundings: MeasureSurroundings): void {
  requireInjectable(name, faults, place, surroundings.secrets)
  requirePossible(faults, surroundings.upstreams, `${place}: condition "${name}"`)
}

/** A fault that is not the catalogue's is told when the scenario is read, and not in the middle of a run. */
function requireInjectable(name: string, faults: Fault[], place: string, secrets: readonly Secret[]): void {
  try {
    new PlanInjector({ faults }, '', 0, secrets)
  } catch (error) {
    if (!ShakedownError.is(error)) throw error
    throw usageError('CONDITION', `${place}: condition "${name}": ${error.message}`, error)
  }
}

function commonFamily(faults: readonly Fault[]): string | null {
  const families = new Set(faults.map(({ id }) => catalogueMember(id).family))
  return families.size === 1 ? ([...families][0] ?? null) : null
}

function requireCondition(under: string, conditions: readonly Condition[], place: string): void {
  if (conditions.some(({ name }) => name === under)) return
  const names = conditions.map(({ name }) => `"${name}"`).join(', ')
  throw usageError(
    'CONDITION',
    `${place}: an objective is under "${under}", which is no condition of the measure; name one of ${names}.`,
  )
}
