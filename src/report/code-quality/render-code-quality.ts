import type { Severity } from '../../objectives/incidents/severity.ts'
import type { Results } from '../../results/results-schema.ts'
import { type RaisedCase, raisedCases } from '../cases/raised-cases.ts'
import { shortened } from '../shortened.ts'
import { visibleJson } from '../visible-json.ts'
import { visibleLine } from '../visible-text.ts'

/** Letters of a description: GitLab shows it in one line. */
const mostLetters = 500

const gravities: Readonly<Record<Severity, string>> = { sev1: 'blocker', sev2: 'critical', sev3: 'major' }

/**
 * Renders results as a report on code quality of GitLab, which the changes and the widget of a merge request show.
 *
 * An array of issues, empty for a run without any; the fingerprint of an issue is the same in every run, so that a merge
 * request tells what is new and what is fixed.
 *
 * @param folder the folder of the configuration, relative to the repository
 */
export function renderCodeQuality(results: Results, folder = ''): string {
  return visibleJson(raisedCases(results, folder).map(issueOf))
}

function issueOf(raised: RaisedCase): unknown {
  const { suite, name, rule, remark, fingerprint, file, line } = raised
  return {
    type: 'issue',
    check_name: shortened(visibleLine(`shakedown ${rule}`), mostLetters),
    description: shortened(visibleLine(`${name}, ${suite}: ${remark.message}`), mostLetters),
    categories: ['Bug Risk'],
    severity: gravityOf(raised),
    fingerprint,
    location: { path: file, lines: { begin: line } },
  }
}

function gravityOf({ level, severity }: RaisedCase): string {
  if (level === 'note') return 'info'
  if (level === 'warning') return 'minor'
  return severity === null ? 'major' : gravities[severity]
}
