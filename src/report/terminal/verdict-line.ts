import type { Verdict } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { inertLines } from '../inert-lines.ts'
import { visibleLine } from '../visible-text.ts'
import { painter } from './paint.ts'
import type { TerminalOptions } from './terminal-options.ts'

/** The verdict of a run as one line, in its colour: what the reader of any output wants to know first. */
export function verdictLine(verdict: Verdict, { colour }: Pick<TerminalOptions, 'colour'>): string {
  return painter(colour)(verdict.status, inertLines(visibleLine(verdictText(verdict))))
}
