import { quantity } from '../../results/quantity.ts'
import { gradedSentence } from '../../results/graded-reason.ts'
import type { Results } from '../../results/results-schema.ts'
import { type RaisedCase, raisedCases } from '../cases/raised-cases.ts'
import { shortened } from '../shortened.ts'
import { type AnnotationKind, annotationCommand } from './workflow-command.ts'

/** What GitHub shows of each kind for one step; the rest it drops without a word. */
const mostOfKind = 10

/** Letters of a title and of a message. */
const limits = { title: 200, message: 2_000 } as const

/**
 * What failed and what could not be decided as annotations of GitHub Actions, each a line to print; none for a pass.
 *
 * @param folder the folder of the configuration, relative to the repository
 */
export function annotations(results: Results, folder = ''): string[] {
  const raised = raisedCases(results, folder)
  const of = (kind: AnnotationKind) =>
    raised.filter(({ level }) => level === kind).map((each) => annotation(each, kind))
  const warnings = results.verdict.warnings.map((warning) =>
    annotationCommand('warning', { title: 'Shakedown' }, shortened(warning, limits.message)),
  )
  return [...bounded('error', of('error')), ...bounded('warning', [...of('warning'), ...warnings])]
}

function annotation({ file, line, suite, name, remark, severity }: RaisedCase, kind: AnnotationKind): string {
  const title = shortened(gradedSentence({ severity, sentence: `${name}, ${suite}` }), limits.title)
  return annotationCommand(kind, { file, line, title }, shortened(`${remark.message}\n${remark.text}`, limits.message))
}

/** The last one says how many there is no room for. */
function bounded(kind: AnnotationKind, commands: readonly string[]): readonly string[] {
  if (commands.length <= mostOfKind) return commands
  const shown = commands.slice(0, mostOfKind - 1)
  const more = quantity(commands.length - shown.length, kind === 'error' ? 'more failure' : 'more warning')
  return [
    ...shown,
    annotationCommand(kind, { title: 'Shakedown' }, `${more}: see the summary of the job or the report.`),
  ]
}
