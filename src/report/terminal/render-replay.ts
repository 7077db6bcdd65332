import type { Recorded } from '../../scenario/finding.ts'
import type { ReplayToken } from '../../scenario/replay-token.ts'
import { describeFault } from '../describe-fault.ts'
import { shortened } from '../shortened.ts'
import { inertLines } from '../inert-lines.ts'
import { visibleText } from '../visible-text.ts'

/** Letters that a line may take: what an agent made is as long as it likes, and `--json` has it whole. */
const mostLetters = 4_000

/** A replayed trial in words: what was injected, what happened, and whether the violation is still there. */
export function renderReplay(replayed: ReplayToken & Recorded & { readonly isSameTrace: boolean }): string {
  const { scenario, trial, seed, property, plan, timeline, witness, isSameTrace } = replayed
  const lines = [
    `${scenario}, trial ${trial} of seed ${seed}`,
    '',
    ...plan.faults.map((fault, index) => `  fault ${index + 1}: ${describeFault(fault)}`),
    '',
    ...timeline.map(({ at, text }) => `  ${(at / 1000).toFixed(3).padStart(9)} s  ${text}`),
    '',
    witness === null ? `${property} is not violated any more.` : `${property} is violated: ${witness.sentence}`,
    isSameTrace
      ? 'The trace is the one of the report.'
      : 'The trace differs from the one of the report: the agent or its scenario has changed.',
  ]
  return inertLines(`${lines.map((line) => visibleText(shortened(line, mostLetters))).join('\n')}\n`)
}
