import type { BudgetResult } from '../budgets/budget-schema.ts'
import { decimal } from '../budgets/budget-words.ts'
import type { Booking } from '../attribution-schema.ts'
import { bookings } from '../attribution-schema.ts'
import { underCondition } from '../condition-words.ts'
import type { MeasureResult, MeasuredCondition } from '../measure-schema.ts'
import { exactPercent, percent } from '../percent.ts'
import { grouped, quantity } from '../quantity.ts'
import type { Answer } from './answer.ts'

const question = 'Are error budgets calculated correctly under real failure conditions?'

/**
 * Answered by the sums: what succeeded, failed and was left out is everything there was, and each failure that was
 * examined is booked once.
 *
 * The budget of an objective of 95 % is the 5 % of tasks that may fail; faults of the provider do not spend it unseen.
 */
export function budgetAnswer(measure: MeasureResult | null): Answer {
  if (measure === null) return { question, verdict: 'unknown', text: 'Nothing was measured.' }
  const wrong = measure.conditions.filter((condition) => !addsUp(condition) || !budgetsAddUp(measure, condition))
  if (wrong.length > 0) {
    const names = wrong.map(({ name }) => name).join(', ')
    return { question, verdict: 'no', text: `No: the counts do not add up for ${names}.` }
  }
  const budgets = measure.conditions.map((condition) => budgetWords(condition, strictestBudget(measure, condition)))
  return { question, verdict: 'yes', text: ['Yes, the counts add up.', ...budgets].join(' ') }
}

/** The budget of the strictest objective of task success that speaks of the condition; null where none does. */
function strictestBudget({ budgets }: MeasureResult, { name }: MeasuredCondition): BudgetResult | null {
  const ofTasks = budgets.filter(
    ({ objective, condition }) => objective.measure === 'task success' && condition === name,
  )
  return ofTasks.toSorted((a, b) => b.target - a.target)[0] ?? null
}

function addsUp({ tally, measures, attribution }: MeasuredCondition): boolean {
  const strata = Object.values(tally.strata)
  const total = (pick: (one: (typeof strata)[number]) => number): number =>
    strata.reduce((sum, one) => sum + pick(one), 0)
  const values = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((sum, count) => sum + count, 0)
  const booked = bookings.reduce((sum, booking) => sum + attribution.booked[booking], 0)
  return (
    total(({ solved, failed }) => solved + failed) === measures.tasks &&
    total(({ latencyMs, unfinished }) => values(latencyMs) + unfinished) === measures.tasks &&
    total(({ toolCalls }) => values(toolCalls)) === measures.tasks &&
    total(({ failed }) => failed) === attribution.failures &&
    booked === attribution.examined
  )
}

/** Each budget of tasks has every task once: good, bad or excluded. */
function budgetsAddUp({ budgets }: MeasureResult, { name, measures }: MeasuredCondition): boolean {
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0)
  return budgets
    .filter(({ objective, condition }) => objective.measure === 'task success' && condition === name)
    .every(({ good, bad, excluded }) => good + bad + sum(excluded) === measures.tasks + sum(measures.excluded))
}

function budgetWords({ name, measures, attribution }: MeasuredCondition, budget: BudgetResult | null): string {
  const { count, of } = measures.taskSuccess
  const excluded = Object.values(measures.excluded).reduce((sum, one) => sum + one, 0)
  const sum = `${grouped(count)} solved, ${grouped(of - count)} failed and ${grouped(excluded)} excluded are all ${quantity(of + excluded, 'task')}`
  return `${underCondition(name).replace(/^./, (first) => first.toUpperCase())}, ${sum}${spentWords(budget)}${bookedWords(attribution)}.`
}

function spentWords(budget: BudgetResult | null): string {
  if (budget === null || budget.status === 'unknown') return ''
  const { target, bad, allowed, spent, eventsLeft } = budget
  if (spent === null) return `; an objective of ${exactPercent(target)} leaves no budget, and ${grouped(bad)} spend it`
  const caused = Object.entries(budget.excluded).filter(([reason]) => reason.startsWith('caused by '))
  const aside = caused.map(([reason, count]) => `, ${grouped(count)} ${reason} aside`).join('')
  const over = eventsLeft < 0 ? ', so it is overspent' : ''
  return `; an objective of ${exactPercent(target)} allows ${decimal(allowed)} failures, and ${percent(spent)} of that budget is spent${aside}${over}`
}

const owners: Readonly<Record<Booking, string>> = {
  provider: 'the provider',
  tool: 'a tool',
  agent: 'the agent',
  shared: 'several together',
  organic: 'no fault at all',
  unexplained: 'nobody, for want of an explanation',
}

function bookedWords({ examined, booked }: MeasuredCondition['attribution']): string {
  const parts = bookings.flatMap((booking) => (booked[booking] > 0 ? [`${booked[booking]} on ${owners[booking]}`] : []))
  return examined === 0 ? '' : `; of ${quantity(examined, 'failure')} examined, booked are ${parts.join(', ')}`
}
