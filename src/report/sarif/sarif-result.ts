import { gradedSentence } from '../../results/graded-reason.ts'
import { posix } from 'node:path'
import type { RaisedCase } from '../cases/raised-cases.ts'
import { replayLine } from '../replay-line.ts'
import { ruleId } from './sarif-rules.ts'
import { sarifText } from './sarif-text.ts'

/** A `result` of SARIF. */
export type SarifResult = Readonly<Record<string, unknown>>

/** Letters of a token that is worth a place: results.json holds the longer ones. */
const mostTokenLetters = 8_000

/** What was found, as a result: what is accepted or in quarantine is suppressed and stays visible. */
export function sarifResult(raised: RaisedCase, ruleIndex: number): SarifResult {
  const { level, remark, suite, file, line, fingerprint, finding, name, severity } = raised
  return {
    ruleId: ruleId(raised),
    ruleIndex,
    level,
    message: {
      text: sarifText(`${gradedSentence({ severity, sentence: `${suite}: ${remark.message}` })}\n${remark.text}`),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriReference(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
        logicalLocations: [{ name: suite, kind: 'module' }],
      },
    ],
    ...relatedLocations(raised),
    // The name that GitHub follows an alert by; it stays when the file changes.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1` },
    ...suppressions(raised),
    properties: {
      case: name,
      outcome: remark.type,
      ...(severity === null ? {} : { severity }),
      ...(finding === null
        ? {}
        : {
            trials: finding.trials,
            firstTrial: finding.firstTrial,
            ...(finding.token.length > mostTokenLetters ? {} : { replay: replayLine(finding.token) }),
          }),
    },
  }
}

/** The line of the agent's own code that made the call which proves it, where that is in the repository. */
function relatedLocations({ finding, folder }: RaisedCase): SarifResult {
  if (finding?.code === undefined) return {}
  const { call, line } = finding.code
  const file = posix.join(folder, finding.code.file)
  if (file.startsWith('../') || /^(?:\/|[A-Za-z]:)/.test(file)) return {}
  return {
    relatedLocations: [
      {
        id: 1,
        physicalLocation: {
          artifactLocation: { uri: uriReference(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
        message: { text: `the agent's code made call ${call} here` },
      },
    ],
  }
}

function suppressions({ level, remark: { spared } }: RaisedCase): SarifResult {
  if (level !== 'note' || spared === null) return {}
  return { suppressions: [{ kind: 'external', status: 'accepted', justification: sarifText(spared) }] }
}

/** A path as a relative reference: no part of it can be taken for a scheme, a query or a fragment. */
function uriReference(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
}
