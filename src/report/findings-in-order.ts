import type { Severity } from '../objectives/incidents/severity.ts'
import { bySeverityOrNone } from '../results/graded-reason.ts'
import { incidentOfFinding } from '../results/incidents/find-incident.ts'
import type { Finding } from '../results/results-schema.ts'
import { type FindingState, findingState } from './finding-state.ts'
import type { JudgedScenario } from './scenario-verdicts.ts'

/** What says how soon a reader must see a finding. */
export interface GradedFinding {
  readonly state: FindingState
  /** Null in results that have no incidents. */
  readonly severity: Severity | null
}

/** A finding in its scenario. */
export interface PlacedFinding extends GradedFinding {
  readonly finding: Finding
  readonly judged: JudgedScenario
}

/** The findings of a run as every report tells them: what fails it first, what harms before that, then as they were found. */
export function findingsInOrder(scenarios: readonly JudgedScenario[]): PlacedFinding[] {
  return scenarios
    .flatMap((judged) => judged.scenario.findings.map((finding) => placed(finding, judged)))
    .toSorted(gravestFinding)
}

/** Compares what fails the run with what is accepted, and then severities. */
export function gravestFinding(one: GradedFinding, other: GradedFinding): number {
  return (
    Number(one.state === 'accepted') - Number(other.state === 'accepted') ||
    bySeverityOrNone(one.severity, other.severity)
  )
}

/** The severity of a finding; null in results that have no incidents. */
export function findingSeverity(finding: Finding, { scenario }: JudgedScenario): Severity | null {
  return incidentOfFinding(finding, scenario)?.severity ?? null
}

function placed(finding: Finding, judged: JudgedScenario): PlacedFinding {
  return { finding, judged, state: findingState(finding, judged.verdict), severity: findingSeverity(finding, judged) }
}
