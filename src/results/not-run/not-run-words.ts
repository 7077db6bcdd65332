import { grouped, quantity } from '../quantity.ts'
import type { Bail, NotRun } from './not-run-schema.ts'

/** Why scenarios were left out, as the end of a sentence about them. */
export function whyNotRun(why: NotRun['scenarios'][number]['why'], { bail }: NotRun): string {
  switch (why) {
    case 'bail':
      return `--bail ended the run after ${quantity(bail?.failed ?? 1, 'failed scenario')}`
    case 'passed before':
      return 'they passed in the results before (--last-failed)'
    case 'unchanged':
      return 'nothing has changed that they depend on (--changed)'
  }
}

/** Everything that was left out, a sentence for each kind of it. */
export function notRunSentences(notRun: NotRun): string[] {
  const files = [...Map.groupBy(notRun.scenarios, ({ why }) => why)].map(
    ([why, scenarios]) =>
      `not run: ${scenarios.map(({ file }) => file).join(', ')}, because ${whyNotRun(why, notRun)}.`,
  )
  return [...(notRun.bail === null ? [] : bailSentences(notRun.bail, notRun)), ...files]
}

function bailSentences({ scenario, search, hasMeasure, baselines }: Bail, notRun: NotRun): string[] {
  const why = whyNotRun('bail', notRun)
  const left = [
    ...(search !== null && search.trials < search.of
      ? [`${grouped(search.of - search.trials)} of ${quantity(search.of, 'trial')} of its search`]
      : []),
    ...(hasMeasure ? ['its measure'] : []),
  ]
  return [
    ...(left.length === 0 ? [] : [`not run: "${scenario}": ${left.join(' and ')}, because ${why}.`]),
    ...baselines.map((name) => `not compared with the baseline ${name}, because ${why}.`),
  ]
}
