import type { Finding, Results, ScenarioResult, Status } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { describeFault } from '../describe-fault.ts'
import { findingFrequency } from '../finding-words.ts'
import { findingState } from '../finding-state.ts'
import { answeredQuestions } from '../measure/answered-question.ts'
import { consistencyRemark } from '../measure/consistency-words.ts'
import { endingWords } from '../measure/ending-words.ts'
import { countPromises, measuredPromises } from '../measure/promise.ts'
import { serviceLines } from '../measure/service-tables.ts'
import { surfaceLines } from '../measure/surface-words.ts'
import { scoreRemarks } from '../measure/score.ts'
import { replayLine } from '../replay-line.ts'
import { runRemarks } from '../run-remarks.ts'
import { totalsText } from '../run-totals.ts'
import { scenarioRemarks } from '../scenario-remarks.ts'
import { type JudgedScenario, scenarioVerdicts } from '../scenario-verdicts.ts'
import { trialsRun } from '../trials-run.ts'
import { visibleLine } from '../visible-text.ts'
import { type Paint, painter } from './paint.ts'
import { renderComparison } from './render-comparison.ts'
import type { TerminalOptions } from './terminal-options.ts'
import { wrapText } from './wrap-text.ts'

interface Page {
  readonly paint: Paint
  /** Characters that the status of each scenario takes. */
  readonly statusWidth: number
  readonly columns: number
}

const words: Readonly<Record<Status, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  'harness failure': 'HARNESS FAILURE',
}

/** Renders results as the closing text of a run: the verdict, a line for each scenario, and each finding in full. */
export function renderTerminal(results: Results, { colour, columns }: TerminalOptions): string {
  const judged = scenarioVerdicts(results)
  const statusWidth = Math.max(...judged.map(({ verdict }) => words[verdict.status].length))
  const page: Page = { paint: painter(colour), columns, statusWidth }
  const lines = [
    page.paint(results.verdict.status, visibleLine(verdictText(results.verdict))),
    ...wrapText(totalsText(results), '', columns),
    ...runRemarks(results).flatMap((remark) => wrapText(visibleLine(remark), '', columns)),
    '',
    ...judged.flatMap((each) => scenarioLines(each, page)),
    ...judged.flatMap((each) => each.scenario.findings.flatMap((finding) => findingLines(each, finding, page))),
    ...results.comparisons.flatMap((comparison) => ['', renderComparison(comparison, { colour, columns }).trimEnd()]),
  ]
  return `${lines.join('\n')}\n`
}

function scenarioLines({ scenario, verdict }: JudgedScenario, { paint, columns, statusWidth }: Page): string[] {
  const { name, search } = scenario
  const size = search === null ? 'not searched' : trialsRun(search)
  return [
    `${paint(verdict.status, words[verdict.status].padEnd(statusWidth))}  ${visibleLine(name)} (${size})`,
    ...[...promiseLines(scenario), ...scenarioRemarks(scenario)].flatMap((remark) =>
      wrapText(visibleLine(remark), ' '.repeat(statusWidth + 2), columns),
    ),
  ]
}

/** Broken and undecided promises in full, kept ones counted, and what the measure answers in a word. */
function promiseLines(scenario: ScenarioResult): string[] {
  const promises = measuredPromises(scenario)
  const kept = promises.filter(({ outcome }) => outcome === 'kept')
  return [
    ...promises.filter((each) => !kept.includes(each)).map(({ word, sentence }) => `${word}: ${sentence}`),
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

function findingLines({ scenario, verdict }: JudgedScenario, finding: Finding, { paint, columns }: Page): string[] {
  const { property, witness, plan, token, accepted } = finding
  const state = findingState(finding, verdict)
  const known = scenario.search?.properties.find(({ id }) => id === property)?.name ?? ''
  const acceptance =
    accepted === null ? [] : [`${state} (${accepted.owner}, until ${accepted.expires}): ${accepted.reason}`]
  const wrapped = (text: string) => wrapText(visibleLine(text), '  ', columns)
  return [
    '',
    `${paint(state === 'accepted' ? 'inconclusive' : 'fail', visibleLine(property))} ${visibleLine(`${known} in ${scenario.name}`)}`,
    ...wrapped(`violated in ${findingFrequency(finding, scenario)}: ${witness.sentence}`),
    ...(plan.faults.length === 0 ? wrapped('cause: none needed, it happens without any fault') : []),
    ...plan.faults.flatMap((fault) => wrapped(`cause: ${describeFault(fault)}`)),
    ...acceptance.flatMap(wrapped),
    `  ${visibleLine(replayLine(token))}`,
  ]
}
