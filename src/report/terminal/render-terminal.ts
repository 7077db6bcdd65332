import type { Environment } from '../../results/environment-schema.ts'
import { quantity } from '../../results/quantity.ts'
import type { Results, ScenarioResult, Status } from '../../results/results-schema.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { verdictText } from '../../results/verdict.ts'
import { findingsInOrder } from '../findings-in-order.ts'
import { againstMeasureRemarks } from '../measure/against-measure.ts'
import { answeredQuestions } from '../measure/answered-question.ts'
import { consistencyRemark } from '../measure/consistency-words.ts'
import { endingWords } from '../measure/ending-words.ts'
import { countPromises, measuredPromises } from '../measure/promise.ts'
import { serviceLines } from '../measure/service-tables.ts'
import { surfaceLines } from '../measure/surface-words.ts'
import { withoutVerdict } from '../measure/without-verdict.ts'
import { scoreRemarks } from '../measure/score.ts'
import { reducedRun } from '../reduced-run.ts'
import { runRemarks } from '../run-remarks.ts'
import { totalsText } from '../run-totals.ts'
import { scenarioRemarks } from '../scenario-remarks.ts'
import { type JudgedScenario, scenarioVerdicts } from '../scenario-verdicts.ts'
import { commitState } from '../short-commit.ts'
import { sinceWords } from '../trends/since-words.ts'
import { trialsRun } from '../trials-run.ts'
import { boundedTexts } from '../bounded-texts.ts'
import { inertLines } from '../inert-lines.ts'
import { visibleLine } from '../visible-text.ts'
import { capLines } from './cap-lines.ts'
import { findingLines } from './finding-lines.ts'
import { type Paint, painter } from './paint.ts'
import { renderComparison } from './render-comparison.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { renderTrends } from './trend-lines.ts'
import { wrapText } from './wrap-text.ts'

interface Page {
  readonly paint: Paint
  /** Characters that the status of each scenario takes. */
  readonly statusWidth: number
  readonly columns: number
}

/** Findings in full at most: whoever has more reads the report. */
const mostFindings = 10
/** Lines of what is said of a scenario; agents may be wordy. */
const mostRemarkLines = 6

const words: Readonly<Record<Status, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  'harness failure': 'HARNESS FAILURE',
}

/** Renders results as the closing text of a run: the verdict, a line for each scenario, and each finding in full. */
export function renderTerminal(
  whole: Results,
  { colour, columns }: TerminalOptions,
  trends: Trends | null = null,
  environment: Environment | null = null,
): string {
  const results = boundedTexts(whole)
  const judged = scenarioVerdicts(results)
  const statusWidth = Math.max(...judged.map(({ verdict }) => words[verdict.status].length))
  const page: Page = { paint: painter(colour), columns, statusWidth }
  const lines = [
    page.paint(results.verdict.status, visibleLine(verdictText(results.verdict))),
    ...wrapText(totalsText(results), '', columns),
    ...[...reducedLines(results), ...sinceLines(boundedTexts(trends))].flatMap((text) => wrapText(text, '', columns)),
    ...runRemarks(results).flatMap((remark) => wrapText(visibleLine(remark), '', columns)),
    '',
    ...judged.flatMap((each) => scenarioLines(each, page)),
    ...findingsLines(judged, page),
    ...results.comparisons.flatMap((comparison) => ['', renderComparison(comparison, { colour, columns }).trimEnd()]),
    ...(trends === null ? [] : renderTrends(boundedTexts(trends), { columns })),
    ...commitLines(boundedTexts(environment)),
  ]
  return inertLines(`${lines.join('\n')}\n`)
}

function reducedLines(results: Results): string[] {
  const reduced = reducedRun(results)
  return reduced === null ? [] : [reduced]
}

/** The count alone; what became of each finding stands with the trends, below. */
function sinceLines(trends: Trends | null): string[] {
  return trends === null ? [] : [`Since last time: ${visibleLine(sinceWords(trends))}`]
}

function commitLines(environment: Environment | null): string[] {
  const commit = environment?.commit ?? null
  return commit === null ? [] : ['', `Tested: commit ${visibleLine(commitState(commit))}`]
}

function scenarioLines({ scenario, verdict }: JudgedScenario, { paint, columns, statusWidth }: Page): string[] {
  const { name, search } = scenario
  const size = search === null ? 'not searched' : trialsRun(search)
  return [
    `${paint(verdict.status, words[verdict.status].padEnd(statusWidth))}  ${visibleLine(name)} (${size})`,
    ...[
      ...promiseLines(scenario),
      ...againstMeasureRemarks({ scenario, verdict }),
      ...scenarioRemarks(scenario),
    ].flatMap((remark) =>
      capLines(wrapText(visibleLine(remark), ' '.repeat(statusWidth + 2), columns), mostRemarkLines, columns),
    ),
  ]
}

/** The findings in full, as many as somebody would read; the others are counted. */
function findingsLines(judged: readonly JudgedScenario[], { paint, columns }: Page): string[] {
  const inOrder = findingsInOrder(judged)
  const more = inOrder.slice(mostFindings)
  return [
    ...inOrder.slice(0, mostFindings).flatMap((placed) => ['', ...findingLines(placed, paint, columns)]),
    ...(more.length === 0 ? [] : ['', `${quantity(more.length, 'more finding')} in the report`]),
  ]
}

/** Broken and undecided promises in full, kept ones counted, and what the measure answers in a word. */
function promiseLines(scenario: ScenarioResult): string[] {
  const promises = measuredPromises(scenario)
  const kept = promises.filter(({ outcome }) => outcome === 'kept')
  return [
    ...promises
      .filter((each) => !kept.includes(each))
      .map(({ word, sentence }) => `${word}: ${withoutVerdict(sentence)}`),
    ...(kept.length === 0 ? [] : [`declared or set as objectives: ${countPromises(kept)}`]),
    ...(scenario.measure === null
      ? []
      : [
          ...endingWords(scenario.measure),
          ...consistencyRemark(scenario.measure),
          ...surfaceLines(scenario.measure.surface),
        ]),
    ...serviceLines(scenario),
    ...scoreRemarks(scenario.measure),
    ...answeredQuestions(scenario).map(({ question, word }) => `${question} ${word}`),
  ]
}
