import { actionsOfProperty } from '../../objectives/incidents/actions-of-property.ts'
import { bySeverity, responses } from '../../objectives/incidents/severity.ts'
import { severityOfMetric, severityOfObjective, severityOfProperty } from '../../objectives/incidents/severity-of.ts'
import { declarationResults } from '../declaration-result.ts'
import { underCondition } from '../condition-words.ts'
import type { MeasureResult, MeasuredCondition } from '../measure-schema.ts'
import { findingFrequency } from '../finding-frequency.ts'
import { quantity } from '../quantity.ts'
import type { ScenarioResult } from '../results-schema.ts'
import type { Incident } from './incident-schema.ts'

type Seen = Omit<Incident, 'respondWithinMs' | 'actions'>

/** What somebody would be called for, were it to happen in service: the gravest first, and harm before downtime. */
export function incidentsOf(scenario: Omit<ScenarioResult, 'incidents'>): Incident[] {
  const { measure } = scenario
  const seen = [
    ...faultFreeIncidents(scenario),
    ...findingIncidents(scenario),
    ...declaredIncidents(scenario),
    ...(measure === null
      ? []
      : [...objectiveIncidents(measure), ...endIncidents(measure), ...providerIncidents(measure)]),
  ]
  return seen.map(withResponse).toSorted((a, b) => bySeverity(a.severity, b.severity))
}

function withResponse(seen: Seen): Incident {
  const { severity, source, about } = seen
  const { respondWithinMs, actions } = responses[severity]
  const first = source === 'finding' ? actionsOfProperty(about, severity) : actions
  return { ...seen, respondWithinMs, actions: [...first] }
}

const ofAgent = { side: 'agent', isAccepted: false } as const

function faultFreeIncidents({ faultFree: { failures } }: Pick<ScenarioResult, 'faultFree'>): Seen[] {
  const [first] = failures
  if (first === undefined) return []
  const more = failures.length === 1 ? '' : ` (and ${failures.length - 1} more)`
  const evidence = `without any fault: ${first}${more}`
  return [{ ...ofAgent, severity: 'sev2', source: 'run without faults', about: 'run without faults', evidence }]
}

function findingIncidents({ findings, search }: Pick<ScenarioResult, 'findings' | 'search'>): Seen[] {
  const ofTrials = findings.map((finding) => ({
    property: finding.property,
    says: `in ${findingFrequency(finding, { search })}; in the replay: ${finding.witness.sentence}`,
    accepted: finding.accepted,
  }))
  const known = new Set(findings.map(({ property }) => property))
  const ofAll = (search?.properties ?? []).flatMap(({ id, verdict, violations, conclusion, accepted }) =>
    verdict === 'violated' && conclusion !== null && !known.has(id)
      ? [
          {
            property: id,
            says: violations === 0 ? conclusion : `in ${quantity(violations, 'trial')}: ${conclusion}`,
            accepted,
          },
        ]
      : [],
  )
  return [...ofTrials, ...ofAll].map(({ property, says, accepted }) => ({
    severity: severityOfProperty(property),
    side: 'agent',
    source: 'finding',
    about: property,
    evidence: says,
    isAccepted: accepted !== null,
  }))
}

function declaredIncidents(scenario: Parameters<typeof declarationResults>[0]): Seen[] {
  return declarationResults(scenario).flatMap(({ checks }) =>
    checks.flatMap(({ verdict, metric, sentence }) =>
      verdict === 'refuted'
        ? [
            {
              ...ofAgent,
              severity: severityOfMetric(metric),
              source: 'declared value' as const,
              about: metric,
              evidence: sentence,
            },
          ]
        : [],
    ),
  )
}

function objectiveIncidents({ objectives }: MeasureResult): Seen[] {
  return objectives.flatMap(({ objective, verdict, sentence, isQuarantined }) =>
    verdict === 'missed' && !isQuarantined
      ? [
          {
            ...ofAgent,
            severity: severityOfObjective(objective),
            source: 'objective' as const,
            about: objective.measure,
            evidence: sentence,
          },
        ]
      : [],
  )
}

function endIncidents({ conditions }: MeasureResult): Seen[] {
  return conditions.flatMap(({ name, tally }: MeasuredCondition) => {
    const bad = Object.entries(tally.ends).filter(([end]) => end !== 'finished')
    if (bad.length === 0) return []
    const ends = bad.map(([end, count]) => `${count} ${end}`).join(', ')
    const evidence = `${underCondition(name)}, of ${quantity(tally.trials, 'trial')}, ${ends}`
    return [{ ...ofAgent, severity: 'sev2' as const, source: 'end of trials' as const, about: name, evidence }]
  })
}

/** A provider's broken promise is graver where tasks failed of it. */
function providerIncidents({ dependencies }: MeasureResult): Seen[] {
  return dependencies.flatMap(({ dependency, condition, isBreached, tasksExcluded, sentence }) =>
    isBreached
      ? [
          {
            severity: tasksExcluded > 0 ? ('sev2' as const) : ('sev3' as const),
            side: 'provider' as const,
            source: 'dependency' as const,
            about: dependency.upstream,
            evidence: `${underCondition(condition)}, ${sentence.replace(/\.$/, '')}`,
            isAccepted: false,
          },
        ]
      : [],
  )
}
