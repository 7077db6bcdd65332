import { gradedSentence } from '../../results/graded-reason.ts'
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
