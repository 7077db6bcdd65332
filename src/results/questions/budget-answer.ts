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
  const wrong = measure.conditions.filter((condition) => !addsUp(condition))
  if (wrong.length > 0) {
    const names = wrong.map(({ name }) => name).join(', ')
    return { question, verdict: 'no', text: `No: the counts do not add up for ${names}.` }
  }
  const budgets = measure.conditions.map((condition) => budgetWords(condition, levelOf(measure, condition)))
  return { question, verdict: 'yes', text: ['Yes, the counts add up.', ...budgets].join(' ') }
}

/** The strictest objective of task success that speaks of the condition; null where none does. */
function levelOf({ objectives }: MeasureResult, { name }: MeasuredCondition): number | null {
  const levels = objectives.flatMap(({ objective, condition }) =>
    objective.measure === 'task success' && condition === name ? [objective.atLeast] : [],
  )
  return levels.length === 0 ? null : Math.max(...levels)
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

function budgetWords({ name, measures, attribution }: MeasuredCondition, level: number | null): string {
  const { count, of } = measures.taskSuccess
  const excluded = Object.values(measures.excluded).reduce((sum, one) => sum + one, 0)
  const sum = `${grouped(count)} solved, ${grouped(of - count)} failed and ${grouped(excluded)} excluded are all ${quantity(of + excluded, 'task')}`
  return `${underCondition(name).replace(/^./, (first) => first.toUpperCase())}, ${sum}${spentWords(of - count, of, level)}${bookedWords(attribution)}.`
}

function spentWords(failed: number, of: number, level: number | null): string {
  if (level === null || of === 0) return ''
  const allowed = of * (1 - level)
  if (allowed === 0) return `; an objective of ${exactPercent(level)} leaves no budget`
  return `; an objective of ${exactPercent(level)} allows ${allowed.toFixed(1)} failures, and ${percent(failed / allowed)} of that budget is spent`
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
