import type { Severity } from '../../../objectives/incidents/severity.ts'
import { declarationResults } from '../../../results/declaration-result.ts'
import { gradedSentence } from '../../../results/graded-reason.ts'
import type { Incident } from '../../../results/incidents/incident-schema.ts'
import { quantity } from '../../../results/quantity.ts'
import type { Results, ScenarioResult, Status, Verdict } from '../../../results/results-schema.ts'
import { gravestFirst } from '../../../results/verdict.ts'
import { runTotals } from '../../run-totals.ts'
import { type JudgedScenario, scenarioVerdicts } from '../../scenario-verdicts.ts'

/** Says anew what the verdict rests on, in counts; the verdict itself is the one of the full results. */
export function tellVerdict(results: Results): Verdict {
  if (results.scenarios.length === 0) {
    return { ...results.verdict, summary: 'no scenario was run', reasons: ['No scenario was run.'] }
  }
  const judged = scenarioVerdicts(results).filter(({ verdict }) => verdict.status !== 'pass')
  const reasons = judged.map((each) => ({
    status: each.verdict.status,
    severity: severityOf(each),
    sentence: reasonOf(each, results),
  }))
  return {
    ...results.verdict,
    summary: summaryOf(results),
    reasons: reasons.toSorted(gravestFirst).map(gradedSentence),
  }
}

function summaryOf(results: Results): string {
  const { status } = results.verdict
  const { scenarios, trials } = runTotals(results)
  const all = quantity(scenarios, 'scenario')
  if (status === 'pass') return `nothing that gates failed in ${all} over ${quantity(trials, 'trial')}`
  const such = results.verdict.scenarios.filter((each) => each.status === status).length
  return `${such} of ${all} ${summaries[status]}`
}

/** The gravest incident among what speaks against a scenario. */
function severityOf({ scenario, verdict: { expired } }: JudgedScenario): Severity | null {
  const own = scenario.incidents.find(
    ({ source, about, isAccepted }) => gating.has(source) && (!isAccepted || expired.includes(about)),
  )
  return own?.severity ?? null
}

const gating: ReadonlySet<Incident['source']> = new Set([
  ...(['finding', 'objective', 'declared value', 'run without faults'] as const),
])

const summaries: Readonly<Record<Exclude<Status, 'pass'>, string>> = {
  fail: 'did not keep what was asked',
  inconclusive: 'could not be decided',
  'harness failure': 'could not be run in a way that can be trusted',
}

function reasonOf({ scenario, verdict }: JudgedScenario, { comparisons }: Results): string {
  const regressions = comparisons
    .flatMap(({ cells }) => cells)
    .filter((cell) => cell.scenario === scenario.name && cell.isGating && cell.verdict === 'regressed')
  const counts = [...countsOf(scenario, verdict), ...counted(regressions.length, 'regression')]
  return `${scenario.name}: ${verdict.status}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}.`
}

/** What speaks against a scenario, counted. */
function countsOf(scenario: ScenarioResult, { expired, declaration, inForce }: JudgedScenario['verdict']): string[] {
  const { search, measure, faultFree } = scenario
  const properties = search?.properties ?? []
  const accepted = new Set(scenario.findings.filter((each) => each.accepted !== null).map(({ property }) => property))
  const isAccepted = (id: string, own: unknown): boolean => (accepted.has(id) || own !== null) && !expired.includes(id)
  const ids = (which: (property: (typeof properties)[number]) => boolean): string =>
    properties
      .filter(which)
      .map(({ id }) => id)
      .join(' and ')
  const violated = ids((each) => each.verdict === 'violated' && !isAccepted(each.id, each.accepted))
  const vacuous = ids((each) => each.verdict === 'vacuous')
  const gates = [...(measure?.objectives ?? []), ...(measure?.repeatGates ?? [])].filter((each) => !each.isQuarantined)
  const checks = declarationResults(scenario).flatMap((result) => result.checks)
  const idle = (search?.families ?? []).filter(({ delivered }) => delivered === 0).length
  const invalid = [declaration, ...inForce].filter((each) => each !== null && each !== 'valid').length
  const gate = (verdict: string): number => gates.filter((each) => each.verdict === verdict).length
  const check = (verdict: string): number => checks.filter((each) => each.verdict === verdict).length
  return [
    ...counted(search?.tally.problems.length ?? 0, 'problem of the run itself', 'problems of the run itself'),
    ...(faultFree.failures.length > 0 ? ['it fails without any fault'] : []),
    ...(violated === '' ? [] : [`${violated} violated`]),
    ...counted(gate('missed'), 'missed objective'),
    ...counted(check('refuted'), 'refuted declared value'),
    ...counted(check('unmeasured'), 'declared value that nothing measures', 'declared values that nothing measures'),
    ...counted(
      (measure?.alerts ?? []).filter(({ isGating }) => isGating).length,
      'alert that gates',
      'alerts that gate',
    ),
    ...(vacuous === '' ? [] : [`${vacuous} never put to the test`]),
    ...counted(idle, 'fault family that never struck', 'fault families that never struck'),
    ...counted(gate('inconclusive'), 'undecided objective'),
    ...counted(check('inconclusive') + check('no claim'), 'undecided declared value'),
    ...counted(invalid, 'declaration out of its dates', 'declarations out of their dates'),
  ]
}

function counted(count: number, singular: string, plural?: string): string[] {
  return count === 0 ? [] : [quantity(count, singular, plural)]
}
