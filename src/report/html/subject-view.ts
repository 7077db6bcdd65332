import type { Environment } from '../../results/environment-schema.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { Results } from '../../results/results-schema.ts'
import { runTotals } from '../run-totals.ts'
import { commitState } from '../short-commit.ts'
import { roundSpan } from '../span.ts'

/** One line of what was tested. */
export interface SubjectFact {
  readonly label: string
  readonly text: string
  /** Whether it is to be copied, not read. */
  readonly isCode: boolean
}

/** What was run, and how much: the facts that make a verdict one of this code and not of some other. */
export function subjectFacts(results: Results, environment: Environment | null): SubjectFact[] {
  const { trials, calls, virtualMs, delivered } = runTotals(results)
  const commit = environment?.commit ?? null
  return [
    ...(commit === null ? [] : [fact('Commit', commitState(commit))]),
    { ...fact('Seed', String(results.seed)), isCode: true },
    fact('Trials', grouped(trials)),
    fact('Faults delivered', `to ${grouped(delivered)} of ${quantity(calls, 'call')}`),
    fact('Virtual time', `${roundSpan(virtualMs)}, simulated`),
  ]
}

function fact(label: string, text: string): SubjectFact {
  return { label, text, isCode: false }
}
