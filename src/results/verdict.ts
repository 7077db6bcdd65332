import { declarationValidity } from '../objectives/declaration-validity.ts'
import { comparisonReasons } from './comparison/comparison-reasons.ts'
import type { Comparison } from './comparison/comparison-schema.ts'
import { type GradedReason, bySeverityOrNone, gradedReason, gradedSentence } from './graded-reason.ts'
import { expiryWarnings } from './expiry-warnings.ts'
import { passSummary } from './pass-summary.ts'
import { quarantineOn } from './quarantine/quarantine-terms.ts'
import { quantity } from './quantity.ts'
import { type Reason, type VerdictOptions, countReasons } from './reason.ts'
import type { ScenarioResult, Status, Verdict } from './results-schema.ts'
import { isExpired, scenarioReasons } from './scenario-reasons.ts'

const exitCodes: Readonly<Record<Status, Verdict['exitCode']>> = {
  pass: 0,
  inconclusive: 3,
  fail: 1,
  'harness failure': 4,
}

/** From the mildest to the gravest: a failure of the harness hides everything, a failure hides what is undecided. */
const gravity: readonly Status[] = ['pass', 'inconclusive', 'fail', 'harness failure']

/**
 * Turns results into status, exit code and reasons: the one place that decides, so that no report can disagree.
 *
 * Nothing judged is no pass: without any scenario, or with all of them in quarantine, the verdict is inconclusive.
 */
export function verdictOf(
  scenarios: readonly ScenarioResult[],
  options: VerdictOptions,
  comparisons: readonly Comparison[] = [],
): Verdict {
  const compared = comparisons.flatMap(comparisonReasons)
  const areAllHeld = scenarios.every(({ quarantine }) => quarantineOn(options.today, quarantine).scenario)
  const judged = scenarios.map((scenario, index) => {
    // What is about no scenario alone stands with the first, so that no report of scenarios leaves it out.
    const own = compared.filter(
      (reason) => reason.scenario === scenario.name || (reason.scenario === null && index === 0),
    )
    const held = areAllHeld ? [allInQuarantine(scenario)] : []
    const reasons = [...scenarioReasons(scenario, options), ...own, ...held]
    return { scenario, reasons: reasons.map((reason) => gradedReason(reason, scenario)) }
  })
  const reasons = judged.flatMap((each) => each.reasons).toSorted(gravestFirst)
  const status = scenarios.length === 0 ? 'inconclusive' : worstStatus(reasons)
  return {
    status,
    exitCode: exitCodes[status],
    summary: status === 'pass' ? passSummary(scenarios, options) : summary(judged, status),
    reasons: scenarios.length === 0 ? ['No scenario was run.'] : reasons.map(gradedSentence),
    scenarios: judged.map((each) => ({
      name: each.scenario.name,
      status: worstStatus(each.reasons),
      expired: expiredAcceptances(each.scenario, options),
      declaration: validityOf(each.scenario, options),
      inForce: each.scenario.inForce.map(({ declaration }) => declarationValidity(declaration, options.today)),
    })),
    warnings: scenarios.flatMap((scenario) => expiryWarnings(scenario, options)),
  }
}

function allInQuarantine({ name }: ScenarioResult): Reason {
  const sentence = `${name}: is in quarantine as a whole, and so is all of this run: nothing was judged.`
  return { status: 'inconclusive', about: 'nothing judged', count: 1, sentence }
}

/** Acceptances of findings, and of what only all trials together show. */
function expiredAcceptances({ findings, search }: ScenarioResult, options: VerdictOptions): string[] {
  const ofFindings = findings.filter((finding) => isExpired(finding, options)).map(({ property }) => property)
  const violated = search?.properties.filter(({ verdict }) => verdict === 'violated') ?? []
  const ofProperties = violated.filter((property) => isExpired(property, options)).map(({ id }) => id)
  return [...new Set([...ofFindings, ...ofProperties])]
}

function validityOf(
  { measure }: ScenarioResult,
  { today }: VerdictOptions,
): Verdict['scenarios'][number]['declaration'] {
  const result = measure?.declaration ?? null
  return result === null ? null : declarationValidity(result.declaration, today)
}

/** The verdict in one line, e.g. `FAIL: 2 findings in 1 scenario`; from the verdict alone, so that it cannot differ. */
export function verdictText({ status, summary: found }: Verdict): string {
  return `${status.toUpperCase()}: ${found}`
}

/** The gravest status among reasons; a pass where there are none. */
export function worstStatus(reasons: readonly Reason[]): Status {
  return reasons.reduce<Status>((found, { status }) => (rank(status) > rank(found) ? status : found), 'pass')
}

type Graded = Pick<GradedReason, 'severity'> & { readonly status: Status }

/** What decides first, then what harms first; for the rest, the order of the scenarios. */
export function gravestFirst(one: Graded, other: Graded): number {
  return rank(other.status) - rank(one.status) || bySeverityOrNone(one.severity, other.severity)
}

function rank(status: Status): number {
  return gravity.indexOf(status)
}

/** Counts what decided, and only that: beside a failure, what is undecided is not news. */
function summary(judged: readonly { readonly reasons: readonly Reason[] }[], status: Status): string {
  const deciding = judged
    .map(({ reasons }) => reasons.filter((reason) => reason.status === status))
    .filter((reasons) => reasons.length > 0)
  if (deciding.length === 0) return 'no scenario was run'
  return `${countReasons(deciding.flat())} in ${quantity(deciding.length, 'scenario')}`
}
