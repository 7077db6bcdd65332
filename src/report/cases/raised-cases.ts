import { createHash } from 'node:crypto'
import type { Severity } from '../../objectives/incidents/severity.ts'
import { bySeverityOrNone } from '../../results/graded-reason.ts'
import { findIncident, incidentOfFinding } from '../../results/incidents/find-incident.ts'
import type { Results } from '../../results/results-schema.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import type { CaseRemark, ReportCase } from './report-case.ts'
import { type ReportSuite, reportSuites } from './report-suites.ts'

/** How loud a case is: an error gates, a warning is undecided and gates too, a note is accepted or in quarantine. */
export type RaisedLevel = 'error' | 'warning' | 'note'

/** A case that a reader of code or of a job must hear of, with its place. */
export interface RaisedCase extends ReportCase {
  readonly remark: CaseRemark
  readonly level: RaisedLevel
  /** Name of the scenario. */
  readonly suite: string
  /** The scenario file, relative to the repository, with forward slashes. */
  readonly file: string
  /** The folder of the configuration, relative to the repository. */
  readonly folder: string
  /** The line of the file at which the scenario is defined. */
  readonly line: number
  /** The same in every run that asks the same, whatever was measured: services follow a finding by it. */
  readonly fingerprint: string
  /** Of the incident that it is; null where it is none. */
  readonly severity: Severity | null
}

const loudness: readonly RaisedLevel[] = ['error', 'warning', 'note']

/**
 * What failed, what could not be decided and what is accepted or in quarantine, the gravest first.
 *
 * @param folder the folder of the configuration, relative to the repository
 */
export function raisedCases(results: Results, folder: string): RaisedCase[] {
  return reportSuites(results, folder)
    .flatMap((suite) => suite.cases.flatMap((each) => raisedCase(each, suite, folder)))
    .toSorted(
      (one, other) =>
        loudness.indexOf(one.level) - loudness.indexOf(other.level) || bySeverityOrNone(one.severity, other.severity),
    )
}

function raisedCase(each: ReportCase, { name, file, line, judged }: ReportSuite, folder: string): RaisedCase[] {
  const { remark } = each
  const level = remark === null ? null : levelOf(remark)
  if (remark === null || level === null) return []
  // Where no scenario was run, it is the configuration that found none.
  const place = file ?? (folder === '' ? 'harness.config.ts' : `${folder}/harness.config.ts`)
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([place, name, each.name]))
    .digest('hex')
    .slice(0, 32)
  return [
    { ...each, remark, level, suite: name, file: place, folder, line, fingerprint, severity: severityOf(each, judged) },
  ]
}

function levelOf({ outcome, spared }: CaseRemark): RaisedLevel | null {
  if (outcome === 'failure') return 'error'
  if (outcome === 'error') return 'warning'
  return spared === null ? null : 'note'
}

function severityOf({ rule, finding }: ReportCase, judged: JudgedScenario | null): Severity | null {
  if (judged === null) return null
  const { scenario } = judged
  if (finding !== null) return incidentOfFinding(finding, scenario)?.severity ?? null
  if (rule !== 'fault-free run') return null
  return findIncident(scenario, { source: 'run without faults', about: 'run without faults' })?.severity ?? null
}
