import { declarationResults } from '../../results/declaration-result.ts'
import type { Environment } from '../../results/environment-schema.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { Results } from '../../results/results-schema.ts'
import { runTotals } from '../run-totals.ts'
import { shortCommit } from '../short-commit.ts'
import { roundSpan } from '../span.ts'

/** One line of what was tested. */
export interface SubjectFact {
  readonly label: string
  readonly text: string
  /** Whether it is to be copied, not read. */
  readonly isCode: boolean
}

/** What was tested, and how much: the facts that make a verdict one of this agent and not of some other. */
export function subjectFacts(results: Results, environment: Environment | null): SubjectFact[] {
  const { scenarios, trials, calls, virtualMs, delivered } = runTotals(results)
  const agents = [
    ...new Set(
      results.scenarios.flatMap((scenario) => declarationResults(scenario).map(({ declaration }) => declaration.agent)),
    ),
  ]
  const commit = environment?.commit ?? null
  return [
    ...(agents.length === 0 ? [] : [fact(agents.length === 1 ? 'Agent' : 'Agents', agents.join(', '))]),
    ...(commit === null ? [] : [{ ...fact('Commit', shortCommit(commit)), isCode: true }]),
    fact('Scenarios', grouped(scenarios)),
    { ...fact('Seed', String(results.seed)), isCode: true },
    fact('Trials', grouped(trials)),
    fact('Calls', grouped(calls)),
    fact('Faults delivered', `to ${quantity(delivered, 'call')}`),
    fact('Virtual time', roundSpan(virtualMs)),
  ]
}

function fact(label: string, text: string): SubjectFact {
  return { label, text, isCode: false }
}
