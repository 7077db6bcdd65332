import { type MeasuredPromise, type PromiseOutcome, countPromises, measuredPromises } from '../measure/promise.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'

/** Promises on the first screen; the rest is in the sections of the scenarios. */
const firstPromises = 6

/** How an outcome looks, as a class of the style sheet. */
export const outcomeTones: Readonly<Record<PromiseOutcome, string>> = { kept: 'good', broken: 'bad', open: 'open' }

/** One promise on the first screen. */
export interface PromiseView {
  readonly tone: string
  readonly sign: string
  readonly word: string
  readonly title: string
  readonly seen: string
  /** Whose promise it is; empty where one scenario alone has any. */
  readonly scenario: string
}

export interface PromisesView {
  /** `2 upheld, 1 refuted`; empty where nothing was promised in numbers. */
  readonly count: string
  readonly rows: readonly PromiseView[]
  /** Said where there are more; empty otherwise. */
  readonly more: string
}

/** What the agents of a run promised in numbers, broken promises first. */
export function promisesView(scenarios: readonly JudgedScenario[]): PromisesView {
  const measured = scenarios.filter(({ scenario }) => measuredPromises(scenario).length > 0)
  const rows = measured.flatMap(({ scenario }) =>
    measuredPromises(scenario).map((promise) => ({ promise, scenario: scenario.name })),
  )
  const sorted = (['broken', 'open', 'kept'] as const).flatMap((outcome) =>
    rows.filter(({ promise }) => promise.outcome === outcome),
  )
  const more = sorted.length - firstPromises
  return {
    count: countPromises(sorted.map(({ promise }) => promise)),
    rows: sorted
      .slice(0, firstPromises)
      .map(({ promise, scenario }) => promiseView(promise, measured.length > 1 ? scenario : '')),
    more: more > 0 ? `${more} more below.` : '',
  }
}

function promiseView({ outcome, sign, word, title, seen }: MeasuredPromise, scenario: string): PromiseView {
  return { tone: outcomeTones[outcome], sign, word, title, seen, scenario }
}
