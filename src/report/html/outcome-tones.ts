import type { PromiseOutcome } from '../measure/promise.ts'

/** How an outcome looks, as a class of the style sheet. */
export const outcomeTones: Readonly<Record<PromiseOutcome, string>> = {
  kept: 'good',
  broken: 'bad',
  open: 'open',
  held: 'open',
}
