import { findingFrequency } from './finding-frequency.ts'
import { quantity } from './quantity.ts'
import { declarationReasons } from './declaration-reasons.ts'
import { measureReasons } from './measure-reasons.ts'
import { quarantineOn } from './quarantine/quarantine-terms.ts'
import type { Reason, VerdictOptions } from './reason.ts'
import type { Finding, ScenarioResult } from './results-schema.ts'

/** Every reason why a scenario does not pass, most important first; none where it does. */
export function scenarioReasons(scenario: ScenarioResult, options: VerdictOptions): Reason[] {
  const { faultFree, search } = scenario
  // A run that could not be trusted, and what was promised to others, no quarantine covers.
  if (quarantineOn(options.today, scenario.quarantine).scenario) {
    return [...problemReasons(scenario), ...declarationReasons(scenario, options)]
  }
  return [
    ...problemReasons(scenario),
    ...(faultFree.failures.length > 0 ? [faultFreeReason(scenario)] : []),
    ...scenario.findings
      .filter((finding) => finding.accepted === null || isExpired(finding, options))
      .map((finding) => findingReason(scenario, finding)),
    ...unexplainedViolations(scenario, options),
    ...measureReasons(scenario, options),
    ...(search === null && faultFree.failures.length === 0 ? [unjudged(scenario, 'was not searched')] : []),
    ...(options.vacuous === 'fail' && options.endedEarly !== scenario.file ? idleReasons(scenario) : []),
  ]
}

/** Whether something was accepted once and its acceptance has run out; the last day still counts. */
export function isExpired({ accepted }: Pick<Finding, 'accepted'>, { today }: VerdictOptions): boolean {
  return accepted !== null && accepted.expires < today
}

function problemReasons({ name, search }: ScenarioResult): Reason[] {
  const byKind = Map.groupBy(search?.tally.problems ?? [], ({ kind }) => kind)
  return [...byKind].map(([kind, problems]) => ({
    status: 'harness failure',
    about: 'problem',
    count: problems.length,
    sentence: `${name}: ${kind} at trial ${problems[0]?.trial}: ${problems[0]?.sentence}${more(problems.length - 1)}`,
  }))
}

function faultFreeReason({ name, faultFree }: ScenarioResult): Reason {
  const [first, ...others] = faultFree.failures
  return {
    status: 'fail',
    about: 'fault-free run',
    count: 1,
    opens: { source: 'run without faults', about: 'run without faults' },
    sentence: `${name}: fails without any fault: ${first}${more(others.length)}`,
  }
}

function findingReason(scenario: ScenarioResult, finding: Finding): Reason {
  const { name, search } = scenario
  const { property, witness, accepted } = finding
  const known = search?.properties.find(({ id }) => id === property)?.name
  const named = known === undefined ? '' : ` (${known})`
  const expiry =
    accepted === null ? '' : ` Its acceptance by ${accepted.owner} expired after ${accepted.expires}: mend it or renew.`
  return {
    status: 'fail',
    about: 'finding',
    count: 1,
    opens: { source: 'finding', about: property },
    sentence: `${name}: ${property}${named} is violated in ${findingFrequency(finding, scenario)}; in the replay: ${witness.sentence}.${expiry}`,
  }
}

/** Violations that no single trial shows, of statistical properties; any other without a finding is incomplete data. */
function unexplainedViolations({ name, search, findings }: ScenarioResult, options: VerdictOptions): Reason[] {
  const explained = new Set(findings.map(({ property }) => property))
  const violated = search?.properties.filter(({ id, verdict }) => verdict === 'violated' && !explained.has(id)) ?? []
  const unaccepted = violated.filter((property) => property.accepted === null || isExpired(property, options))
  return unaccepted.map(({ id, name: property, violations, conclusion }) => ({
    status: 'fail',
    about: 'finding',
    count: 1,
    opens: { source: 'finding', about: id },
    sentence:
      conclusion === null
        ? `${name}: ${id} is violated in ${quantity(violations, 'trial')}, and no finding explains it.`
        : `${name}: ${id} (${property}) is violated over all trials: ${conclusion}.`,
  }))
}

function idleReasons(scenario: ScenarioResult): Reason[] {
  const { name, search } = scenario
  if (search === null) return []
  const vacuous = search.properties.filter(({ verdict }) => verdict === 'vacuous').map(({ id }) => id)
  const idle = search.families.filter(({ delivered }) => delivered === 0).map(({ family }) => family)
  const isAnyJudged = search.properties.some(({ verdict }) => verdict !== 'not applicable')
  const reasons: Reason[] = []
  if (!isAnyJudged) reasons.push(unjudged(scenario, 'has no property that applies to its agent'))
  if (vacuous.length > 0)
    reasons.push({
      status: 'inconclusive',
      about: 'vacuous property',
      count: vacuous.length,
      sentence: `${name}: ${vacuous.join(', ')} ${vacuous.length === 1 ? 'was' : 'were'} never put to the test: no trial brought the situation about.`,
    })
  if (idle.length > 0)
    reasons.push({
      status: 'inconclusive',
      about: 'idle fault family',
      count: idle.length,
      sentence: `${name}: no call was ever struck by faults of the ${idle.length === 1 ? 'family' : 'families'} ${idle.join(', ')}.`,
    })
  return reasons
}

function unjudged({ name }: ScenarioResult, what: string): Reason {
  return { status: 'inconclusive', about: 'nothing judged', count: 1, sentence: `${name}: ${what}.` }
}

function more(count: number): string {
  return count > 0 ? ` (and ${count} more)` : ''
}
