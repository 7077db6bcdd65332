import { quantity } from '../../results/quantity.ts'
import type { Results } from '../../results/results-schema.ts'
import { inertLines } from '../inert-lines.ts'
import { reducedRun } from '../reduced-run.ts'
import { runRemarks } from '../run-remarks.ts'
import { visibleLine } from '../visible-text.ts'
import { cutText } from './text-width.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { verdictLine } from './verdict-line.ts'

/** Reasons that are told at most, and characters of each. */
const mostReasons = 20
const mostCharacters = 400

/** Renders results for automated readers: the verdict, and each reason for it on a line of its own. */
export function renderBrief(results: Results, options: Pick<TerminalOptions, 'colour'>): string {
  const { verdict } = results
  const reduced = reducedRun(results)
  const told = [...verdict.reasons, ...(reduced === null ? [] : [reduced]), ...runRemarks(results)]
  const more = told.length - mostReasons
  const lines = [
    verdictLine(verdict, options),
    ...told.slice(0, mostReasons).map((sentence) => cutText(visibleLine(sentence), mostCharacters)),
    ...(more > 0 ? [`and ${quantity(more, 'more line')} of this kind`] : []),
  ]
  return inertLines(`${lines.join('\n')}\n`)
}
