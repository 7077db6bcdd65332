import type { BudgetResult } from '../../results/budgets/budget-schema.ts'
import { signedPercent } from '../../results/budgets/budget-words.ts'
import { underCondition } from '../../results/condition-words.ts'
import type { RepeatGateResult } from '../../results/gate-schema.ts'
import type { MeasureResult, ObjectiveResult } from '../../results/measure-schema.ts'
import { quantity } from '../../results/quantity.ts'
import { repeatGateWords } from '../../results/repeat-gate-results.ts'
import { type ObjectiveFigures, amountOf, objectiveFigures } from '../measure/objective-figures.ts'
import { objectiveWords } from '../measure/objective-words.ts'
import { type PromiseOutcome, gateLook } from '../measure/promise.ts'
import { withoutVerdict } from '../measure/without-verdict.ts'
import { outcomeTones } from './outcome-tones.ts'

/** How an objective came out under one condition: what was seen, how sure that is, and what is left. */
export interface ObjectiveRow extends ObjectiveFigures {
  readonly outcome: PromiseOutcome
  readonly tone: string
  readonly sign: string
  readonly word: string
  /** `under tool failures`. */
  readonly condition: string
  /** What was seen, in the words of the results. */
  readonly seen: string
  /** Share of the budget that is left; null where it has none. */
  readonly left: number | null
  /** What more of is worse; null for a share. */
  readonly amount: number | null
  /** Null where the objective is no share and has no budget. */
  readonly budget: { readonly words: string; readonly tone: string; readonly width: number } | null
}

/** One objective with all the conditions under which it must hold. */
export interface ObjectiveGroup {
  readonly anchor: string
  readonly title: string
  /** The worst condition first. */
  readonly rows: readonly [ObjectiveRow, ...ObjectiveRow[]]
  /** What the results say of it, as the reasons of a verdict quote it. */
  readonly sentences: readonly string[]
}

const gravity: readonly PromiseOutcome[] = ['broken', 'open', 'held', 'kept']

/** Which of two is worse: the missed one, the undecided one, the one with less budget left. */
export function worstFirst(one: ObjectiveRow, other: ObjectiveRow): number {
  return gravity.indexOf(one.outcome) - gravity.indexOf(other.outcome) || (one.left ?? 1) - (other.left ?? 1)
}

/** The same under conditions of one objective, whose amounts can be compared too. */
function worstCondition(one: ObjectiveRow, other: ObjectiveRow): number {
  const more = (other.amount ?? 0) > (one.amount ?? 0)
  return worstFirst(one, other) || (one.amount === other.amount ? 0 : more ? 1 : -1)
}

/** Under what an objective was seen as it is told: `under tool failures, the worst of 5 conditions`. */
export function whereSeen([worst, ...others]: ObjectiveGroup['rows']): string {
  const count = others.length + 1
  if (count === 1) return worst.condition
  if (others.every(({ observed, word }) => observed === worst.observed && word === worst.word))
    return `alike under each of ${count} conditions`
  return `${worst.condition}, the worst of ${count} conditions`
}

/**
 * The objectives of a measure and its gates on single tasks, each once.
 *
 * @param index of the scenario in the run, from 0
 */
export function objectiveGroups(measure: MeasureResult, index: number): ObjectiveGroup[] {
  const { objectives, repeatGates, prices } = measure
  const groups = [
    ...[...Map.groupBy(objectives, ({ objective }) => JSON.stringify(objective)).values()].map((results) => ({
      title: results.map(({ objective }) => objectiveWords(objective, prices?.currency))[0] ?? '',
      under: results[0]?.objective.under ?? null,
      results: results.map((result) => ({ sentence: result.sentence, row: objectiveRow(result, measure) })),
    })),
    ...[...Map.groupBy(repeatGates, ({ gate }) => JSON.stringify(gate)).values()].map((results) => ({
      title: results.map(({ gate }) => repeatGateWords(gate))[0] ?? '',
      under: results[0]?.gate.under ?? null,
      results: results.map((result) => ({ sentence: result.sentence, row: gateRow(result) })),
    })),
  ]
  return distinct(groups).flatMap(({ title, results }, place) => {
    const [first, ...others] = results.map(({ row }) => row).toSorted(worstCondition)
    if (first === undefined) return []
    const sentences = results.map(({ sentence }) => sentence)
    return [{ anchor: `scenario-${index + 1}-objective-${place + 1}`, title, rows: [first, ...others], sentences }]
  })
}

/** The same level may be set twice, for all conditions and for one: then the titles say for which. */
function distinct<Group extends { readonly title: string; readonly under: string | null }>(
  groups: readonly Group[],
): Group[] {
  return groups.map((group) => {
    const isAlone = groups.filter(({ title }) => title === group.title).length === 1
    if (isAlone) return group
    const under = group.under === null ? 'under every condition' : `only ${underCondition(group.under)}`
    return { ...group, title: `${group.title}, ${under}` }
  })
}

function objectiveRow(result: ObjectiveResult, measure: MeasureResult): ObjectiveRow {
  const { objective, condition } = result
  const measured = measure.conditions.find(({ name }) => name === condition)
  const measures = measured?.gatedMeasures ?? measured?.measures
  const budget = budgetOf(result, measure)
  return {
    ...rowLook(result),
    ...(measures === undefined
      ? { observed: 'nothing counted', interval: '', intervalName: '', counted: '' }
      : objectiveFigures(objective, measures)),
    left: budget?.remaining ?? null,
    amount: measures === undefined ? null : amountOf(objective, measures),
    budget: budget === undefined ? null : budgetView(budget),
  }
}

/** A gate on every single task: it has no budget, and its figures are tasks. */
function gateRow(result: RepeatGateResult): ObjectiveRow {
  const { met, failing, undecided } = result
  const others = [
    ...(failing.length > 0 ? [`${failing.length} failed`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided`] : []),
  ]
  const observed = `${quantity(met, 'task')} kept it`
  return {
    ...rowLook(result),
    observed,
    interval: '',
    intervalName: '',
    counted: others.join(', '),
    left: null,
    amount: null,
    budget: null,
  }
}

type Judged = Pick<ObjectiveResult, 'verdict' | 'isQuarantined' | 'condition' | 'sentence'>

function rowLook(result: Judged): Pick<ObjectiveRow, 'outcome' | 'tone' | 'sign' | 'word' | 'condition' | 'seen'> {
  const { outcome, ...look } = gateLook(result)
  return {
    ...look,
    outcome,
    tone: outcomeTones[outcome],
    condition: underCondition(result.condition),
    seen: seenWords(result),
  }
}

/** A sentence without the objective and the verdict, which stand beside it; whole where tasks were left out. */
function seenWords({ sentence, condition }: Judged): string {
  const marker = ` ${underCondition(condition)}: `
  const place = sentence.indexOf(marker)
  if (place < 0 || /^without tasks? "/.test(sentence)) return sentence
  return withoutVerdict(sentence.slice(place + marker.length))
}

function budgetOf({ objective, condition }: ObjectiveResult, { budgets }: MeasureResult): BudgetResult | undefined {
  const wanted = JSON.stringify(objective)
  return budgets.find((budget) => budget.condition === condition && JSON.stringify(budget.objective) === wanted)
}

function budgetView({ remaining, status, events }: BudgetResult): ObjectiveRow['budget'] {
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
