import type { ErrorBudget } from '../../objectives/budgets/error-budget.ts'
import { exactPercent, percent } from '../percent.ts'
import { grouped, quantity } from '../quantity.ts'
import type { DependencyResult } from './budget-schema.ts'

type Budget = Omit<ErrorBudget, 'recommendation' | 'excluded'>

/** What is left of a budget, in one sentence, and then what to do. */
export function budgetSentence(
  budget: Budget,
  excluded: Readonly<Record<string, number>>,
  recommendation: string,
): string {
  const aside = Object.entries(excluded).flatMap(([reason, count]) =>
    count > 0 ? [`${grouped(count)} ${reason}`] : [],
  )
  const notCounted = aside.length === 0 ? '' : `; not counted: ${aside.join(', ')}`
  return `${leftWords(budget)}${notCounted}. ${recommendation}`
}

/** What is left: `10 of 50 allowed failures are left (20.00 %)`. */
export function leftWords({ target, events, bad, allowed, remaining, eventsLeft }: Budget): string {
  if (events === 0) return `Of a target of ${exactPercent(target)} nothing is known, because nothing was counted`
  const seen = `${grouped(bad)} of ${grouped(events)} were bad`
  if (remaining === null) return `${seen}, and a target of ${exactPercent(target)} allows none`
  const budget = `${seen}, and a target of ${exactPercent(target)} allows ${decimal(allowed)}`
  return eventsLeft < 0
    ? `${budget}: overspent by ${decimal(-eventsLeft)}, ${signedPercent(remaining)} of the budget is left`
    : `${budget}: ${signedPercent(remaining)} of the budget is left`
}

/** A share of a budget as a percentage, negative when overspent: `−20.00 %`. */
export function signedPercent(share: number): string {
  return share < 0 ? `−${percent(-share)}` : percent(share)
}

/** Whether an upstream kept its promise, and what follows for the agent. */
export function dependencySentence({
  dependency: { upstream, availability },
  calls: { success, failure, neutral, indeterminate },
  events,
  isBreached,
  tasksExcluded,
}: Omit<DependencyResult, 'sentence'>): string {
  const aside = neutral === 0 ? '' : `, ${grouped(neutral)} neutral ones aside`
  if (events === 0) return `${upstream} was not called${aside}, so nothing is known of its availability.`
  const bad = `${grouped(failure)} failed and ${grouped(indeterminate)} without a whole answer`
  const counts = `${upstream} answered ${grouped(success)} of ${quantity(events, 'call')} well (${bad}${aside})`
  const promise = `${exactPercent(availability)} was promised`
  if (!isBreached) return `${counts}; ${promise}, and kept.`
  return `${counts}; ${promise}, and broken: ${quantity(tasksExcluded, 'task')} that failed because of it alone ${tasksExcluded === 1 ? 'does' : 'do'} not spend the agent's budget.`
}

/** A number of events with no more digits than help. */
export function decimal(value: number): string {
  const rounded = Math.round(value * 100) / 100
  if (rounded === 0 && value > 0) return 'less than 0.01'
  return Number.isInteger(rounded) ? grouped(rounded) : rounded.toFixed(2)
}
