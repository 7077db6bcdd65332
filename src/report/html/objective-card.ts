import { signedPercent } from '../../results/budgets/budget-words.ts'
import type { BudgetResult } from '../../results/budgets/budget-schema.ts'
import { underCondition } from '../../results/condition-words.ts'
import type { RepeatGateResult } from '../../results/gate-schema.ts'
import type { MeasureResult, ObjectiveResult } from '../../results/measure-schema.ts'
import { quantity } from '../../results/quantity.ts'
import { repeatGateWords } from '../../results/repeat-gate-results.ts'
import { type ObjectiveFigures, objectiveFigures } from '../measure/objective-figures.ts'
import { objectiveWords } from '../measure/objective-words.ts'
import { type PromiseOutcome, countPromises, gateLook } from '../measure/promise.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { outcomeTones } from './outcome-tones.ts'

/** A row of cards in a wide window, and a second one where so many objectives are not met. */
const calmCards = 4
const mostCards = 8

/** A service level objective under one condition: what is wanted, what was seen, how sure that is, and what is left. */
export interface ObjectiveCard extends ObjectiveFigures {
  readonly tone: string
  readonly sign: string
  readonly word: string
  readonly title: string
  readonly condition: string
  /** Whose it is; empty where one scenario alone has any. */
  readonly scenario: string
  readonly anchor: string
  /** Null where the objective is no share and has no budget. */
  readonly budget: { readonly words: string; readonly tone: string; readonly width: number } | null
}

export interface ObjectiveCards {
  /** `2 missed, 42 met`. */
  readonly count: string
  readonly cards: readonly ObjectiveCard[]
  /** Said where there are more; empty otherwise. */
  readonly more: string
}

interface Ranked {
  readonly outcome: PromiseOutcome
  /** Share of the budget that is left; null where it has none. */
  readonly left: number | null
  readonly card: ObjectiveCard
}

const gravity: readonly PromiseOutcome[] = ['broken', 'open', 'kept']

/**
 * The objectives of a run as cards: the missed ones first, then the undecided ones, then those with the least budget
 * left, each under its worst condition before any is told twice.
 */
export function objectiveCards(scenarios: readonly JudgedScenario[]): ObjectiveCards {
  const having = scenarios.flatMap(({ scenario: { name, measure } }, index) =>
    measure === null || measure.objectives.length + measure.repeatGates.length === 0 ? [] : [{ name, measure, index }],
  )
  const ranked = having
    .flatMap(({ name, measure, index }) => cardsOf(measure, having.length > 1 ? name : '', `scenario-${index + 1}`))
    .toSorted((a, b) => gravity.indexOf(a.outcome) - gravity.indexOf(b.outcome) || leftOf(a) - leftOf(b))
  const met = ranked.filter(({ outcome }) => outcome === 'kept')
  const isFirst = ({ card }: Ranked): boolean => met.find((each) => each.card.title === card.title)?.card === card
  const ordered = [
    ...ranked.filter((each) => each.outcome !== 'kept'),
    ...met.filter(isFirst),
    ...met.filter((each) => !isFirst(each)),
  ]
  const unmet = ranked.length - met.length
  const shown = unmet > calmCards ? mostCards : calmCards
  const more = ranked.length - shown
  return {
    count: countPromises(ranked.map(({ card }) => card)),
    cards: ordered.slice(0, shown).map(({ card }) => card),
    more: more > 0 ? `${quantity(more, 'more objective')} in the sections of the scenarios.` : '',
  }
}

function leftOf({ left }: Ranked): number {
  return left ?? 1
}

function cardsOf(measure: MeasureResult, scenario: string, anchor: string): Ranked[] {
  const whose = { scenario, anchor: `${anchor}-measure` }
  return [
    ...measure.objectives.map((result) => objectiveCard(result, measure, whose)),
    ...measure.repeatGates.map((result) => gateCard(result, whose)),
  ]
}

type Whose = Pick<ObjectiveCard, 'scenario' | 'anchor'>

function objectiveCard(result: ObjectiveResult, measure: MeasureResult, whose: Whose): Ranked {
  const { objective, condition } = result
  const measured = measure.conditions.find(({ name }) => name === condition)
  const measures = measured?.gatedMeasures ?? measured?.measures
  const budget = budgetOf(result, measure)
  const { outcome, ...look } = gateLook(result)
  const figures =
    measures === undefined
      ? { observed: 'nothing counted', interval: '', counted: '' }
      : objectiveFigures(objective, measures)
  const title = objectiveWords(objective, measure.prices?.currency)
  const card = {
    ...{ ...look, ...figures, ...whose, title, tone: outcomeTones[outcome] },
    ...{ condition: underCondition(condition), budget: budget === undefined ? null : budgetView(budget) },
  }
  return { outcome, left: budget?.remaining ?? null, card }
}

function budgetOf({ objective, condition }: ObjectiveResult, { budgets }: MeasureResult): BudgetResult | undefined {
  const wanted = JSON.stringify(objective)
  return budgets.find((budget) => budget.condition === condition && JSON.stringify(budget.objective) === wanted)
}

function budgetView({ remaining, status, events }: BudgetResult): ObjectiveCard['budget'] {
  if (events === 0) return { words: 'nothing counted', tone: 'none', width: 0 }
  if (remaining === null)
    return { words: `a target of 100 % allows none: ${status}`, tone: budgetTones[status], width: 0 }
  return {
    words: `${signedPercent(remaining)} left${status === 'healthy' ? '' : `, ${status}`}`,
    tone: budgetTones[status],
    width: Math.round(Math.min(1, Math.max(0, remaining)) * 100),
  }
}

const budgetTones: Readonly<Record<BudgetResult['status'], string>> = {
  unknown: 'none',
  healthy: 'good',
  'at risk': 'open',
  critical: 'open',
  exhausted: 'bad',
}

/** A gate on every single task: it has no budget, and its figures are tasks. */
function gateCard(result: RepeatGateResult, whose: Whose): Ranked {
  const { gate, condition, met, failing, undecided } = result
  const { outcome, ...look } = gateLook(result)
  const others = [
    ...(failing.length > 0 ? [`${failing.length} failed`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided`] : []),
  ]
  const card = {
    ...{
      ...look,
      ...whose,
      tone: outcomeTones[outcome],
      title: repeatGateWords(gate),
      condition: underCondition(condition),
    },
    ...{ observed: `${quantity(met, 'task')} kept it`, interval: '', counted: others.join(', '), budget: null },
  }
  return { outcome, left: null, card }
}
