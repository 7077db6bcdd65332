import type { Environment } from '../../results/environment-schema.ts'
import { commitWords } from '../../results/declaration-words.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import type { AcceptedFinding, Results } from '../../results/results-schema.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { verdictText } from '../../results/verdict.ts'
import { type EditionWords, editionWords } from '../public/edition-words.ts'
import { reducedRun } from '../reduced-run.ts'
import { gravestFinding } from '../findings-in-order.ts'
import { type Reproduction, reproduction } from '../reproduction.ts'
import { runRemarks } from '../run-remarks.ts'
import { scenarioProblems } from '../scenario-problems.ts'
import { scenarioVerdicts } from '../scenario-verdicts.ts'
import { roundSpan } from '../span.ts'
import { type ComparisonView, comparisonView } from './comparison-view.ts'
import { type FindingView, findingViews } from './finding-view.ts'
import { type HeatView, heatView } from './heat-view.ts'
import { type Jump, jumps } from './jump-view.ts'
import { type MatrixView, matrixView } from './matrix-view.ts'
import { type OverviewView, overviewView } from './overview-view.ts'
import { type ReasonView, reasonViews } from './reason-links.ts'
import { type ScenarioView, scenarioView } from './scenario-view.ts'
import { type SinceView, sinceView } from './since-view.ts'
import { type SubjectFact, subjectFacts } from './subject-view.ts'
import { type TestedView, testedView } from './tested-view.ts'
import { type TrendsView, trendsView } from './trend-view.ts'
import { type StatusLook, statusLooks } from '../status-look.ts'

/** Reasons shown at once; the rest is one click away. */
const firstReasons = 2

/** Reasons that paper has besides; dozens of them would be pages before the first figure. */
const printedReasons = 12

/** Problems named; one defect of an agent may show in every block. */
const shownProblems = 20

/** Everything the templates read. */
export interface PageView {
  readonly title: string
  readonly jumps: readonly Jump[]
  /** What was left out; null for the full results. */
  readonly edition: EditionWords | null
  readonly look: StatusLook
  readonly summary: string
  readonly reasons: readonly ReasonView[]
  readonly moreReasons: readonly ReasonView[]
  /** `3 more reasons`. */
  readonly moreReasonsCount: string
  /** Whether paper has the rest of the reasons, or their number alone. */
  readonly moreReasonsOnPaper: 'prints' | 'counted'
  /** Said where fewer trials were made than asked for; null otherwise. */
  readonly reduced: string | null
  /** Null in an edition, whose readers have no earlier runs. */
  readonly since: SinceView | null
  /** Warnings, and declarations that were not judged. */
  readonly remarks: readonly string[]
  readonly tested: TestedView
  readonly subject: readonly SubjectFact[]
  readonly overview: OverviewView
  readonly problems: readonly {
    readonly scenario: string
    readonly kind: string
    readonly trial: string
    readonly sentence: string
  }[]
  /** Said where there are more problems; empty otherwise. */
  readonly moreProblems: string
  /** Null where no search tells what came of properties where faults struck. */
  readonly heat: HeatView | null
  readonly matrix: MatrixView
  /** Null where no earlier results were given. */
  readonly trends: TrendsView | null
  readonly comparisons: readonly ComparisonView[]
  readonly scenarios: readonly ScenarioView[]
  /** What gates: open findings and those whose acceptance expired. */
  readonly findings: readonly FindingView[]
  readonly accepted: readonly FindingView[]
  readonly unused: readonly (AcceptedFinding & { readonly scenario: string })[]
  readonly seed: string
  readonly version: string
  readonly reproduction: Reproduction
  readonly traces: readonly { readonly scenario: string; readonly hash: string }[]
  readonly environment:
    (Omit<Environment, 'durationMs' | 'commit'> & { readonly duration: string; readonly commit: string }) | null
}

/**
 * Arranges results for the templates, which only place what is here.
 *
 * @param results with no text that is too long for a page
 * @param reasons found in the whole results, where texts were shortened: such a reason no longer says what it is about
 */
export function pageView(
  results: Results,
  environment: Environment | null,
  trends: Trends | null = null,
  reasons: readonly ReasonView[] = reasonViews(results),
): PageView {
  const { verdict, scenarios } = results
  const judged = scenarioVerdicts(results)
  const findings = judged.flatMap(findingViews).toSorted(gravestFinding)
  const accepted = findings.filter(({ state }) => state === 'accepted')
  const gating = findings.filter(({ state }) => state !== 'accepted')
  const problems = scenarios.flatMap((scenario) =>
    scenarioProblems(scenario).map((problem) => ({
      ...problem,
      scenario: scenario.name,
      trial: grouped(problem.trial),
    })),
  )
  const parts = {
    heat: heatView(scenarios),
    trends: trendsView(trends),
    comparisons: results.comparisons.map(comparisonView),
    overview: overviewView(judged, findings),
    findings: gating,
    accepted,
    scenarios: judged.map(scenarioView),
    unused: scenarios.flatMap(({ name, unusedAcceptances }) =>
      unusedAcceptances.map((acceptance) => ({ ...acceptance, scenario: name })),
    ),
  }
  return {
    ...parts,
    jumps: jumps(parts),
    edition: results.edition === undefined ? null : editionWords(results.edition),
    title: `${verdictText(verdict)} · Shakedown`,
    look: statusLooks[verdict.status],
    summary: verdict.summary,
    reasons: reasons.slice(0, firstReasons),
    moreReasons: reasons.slice(firstReasons),
    moreReasonsCount: quantity(verdict.reasons.length - firstReasons, 'more reason'),
    reduced: reducedRun(results),
    since: results.edition === undefined || trends !== null ? sinceView(trends) : null,
    moreReasonsOnPaper: reasons.length - firstReasons > printedReasons ? 'counted' : 'prints',
    remarks: runRemarks(results),
    tested: testedView(judged),
    subject: subjectFacts(results, environment),
    problems: problems.slice(0, shownProblems),
    moreProblems:
      problems.length > shownProblems ? `${grouped(problems.length - shownProblems)} more in results.json.` : '',
    matrix: matrixView(judged),
    seed: String(results.seed),
    version: results.shakedown,
    reproduction: reproduction(results, environment),
    traces: scenarios.flatMap(({ name, search, measure }) => [
      ...(search === null ? [] : [{ scenario: name, hash: search.traceHash }]),
      ...(measure === null ? [] : [{ scenario: `${name}, measured`, hash: measure.traceHash }]),
    ]),
    environment: environment === null ? null : environmentView(environment),
  }
}

function environmentView(environment: Environment): NonNullable<PageView['environment']> {
  const { durationMs, commit, ...others } = environment
  return { ...others, duration: roundSpan(durationMs), commit: commitWords(commit) }
}
