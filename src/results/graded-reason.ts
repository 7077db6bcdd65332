import { type Severity, severities } from '../objectives/incidents/severity.ts'
import { findIncident } from './incidents/find-incident.ts'
import type { Reason } from './reason.ts'
import type { ScenarioResult } from './results-schema.ts'

/** A reason with the severity of the incident that it would be in service; null where it would be none. */
export interface GradedReason extends Reason {
  readonly severity: Severity | null
}

/** Grades a reason of a scenario by the scenario's incidents, so that no report can call it another severity. */
export function gradedReason(reason: Reason, scenario: Pick<ScenarioResult, 'incidents'>): GradedReason {
  const own = reason.opens === undefined ? undefined : findIncident(scenario, reason.opens)
  return { ...reason, severity: own?.severity ?? null }
}

/** Puts the gravest first, and last what nobody would be called for. */
export function bySeverityOrNone(one: Severity | null, other: Severity | null): number {
  return gravityOf(one) - gravityOf(other)
}

/** The sentence of a reason, its severity first: whoever reads a list of them sees at once which to begin with. */
export function gradedSentence({ severity, sentence }: Pick<GradedReason, 'severity' | 'sentence'>): string {
  return severity === null ? sentence : `${severity}: ${sentence}`
}

/** A sentence that a verdict holds, taken apart again. */
export function ungradedSentence(graded: string): Pick<GradedReason, 'severity' | 'sentence'> {
  const severity = severities.find((each) => graded.startsWith(`${each}: `)) ?? null
  return { severity, sentence: severity === null ? graded : graded.slice(severity.length + 2) }
}

function gravityOf(severity: Severity | null): number {
  return severity === null ? severities.length : severities.indexOf(severity)
}
