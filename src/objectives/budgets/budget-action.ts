import type { BudgetStatus } from './budget-status.ts'

/** What hangs on the agent: an assistant for research has low stakes, one that moves money has high ones. */
export const allStakes = ['low', 'medium', 'high'] as const

export type Stakes = (typeof allStakes)[number]

/**
 * What to do: `throttle` is to hand the agent fewer tasks, `degrade` to switch it to a simpler and more reliable mode,
 * `break the circuit` to stop it until the cause is found.
 */
export const budgetActions = [
  'measure',
  'keep running',
  'watch',
  'hold changes',
  'throttle',
  'degrade',
  'break the circuit',
] as const

export type BudgetAction = (typeof budgetActions)[number]

const whenExhausted: Readonly<Record<Stakes, BudgetAction>> = {
  low: 'throttle',
  medium: 'degrade',
  high: 'break the circuit',
}

const before: Readonly<Record<Exclude<BudgetStatus, 'exhausted'>, BudgetAction>> = {
  unknown: 'measure',
  healthy: 'keep running',
  'at risk': 'watch',
  critical: 'hold changes',
}

/** What to do about a budget in its status; only an exhausted one asks for more the more is at stake. */
export function actionFor(status: BudgetStatus, stakes: Stakes): BudgetAction {
  return status === 'exhausted' ? whenExhausted[stakes] : before[status]
}

const advice: Readonly<Record<BudgetAction, string>> = {
  measure: 'No event was counted, so nothing is known: measure first.',
  'keep running': 'Keep running: there is budget left for experiments.',
  watch: 'Watch it: less than a quarter of the error budget is left.',
  'hold changes': 'Hold risky changes: less than a tenth of the error budget is left.',
  throttle: 'Throttle the agent: its error budget is spent; hand it fewer tasks until the cause is found.',
  degrade: 'Degrade gracefully: the error budget is spent; switch to a simpler, more reliable mode.',
  'break the circuit': 'Break the circuit: the error budget is spent; stop the agent until the cause is mended.',
}

/** The same in a sentence for its reader. */
export function adviceFor(action: BudgetAction): string {
  return advice[action]
}
