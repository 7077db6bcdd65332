import type { MeasureResult, MeasuredCondition } from '../../results/measure-schema.ts'
import { type AgainstMeasure, againstMeasure } from '../measure/against-measure.ts'
import { answeredQuestions } from '../measure/answered-question.ts'
import { attributionSentence, causeSentence, causesCount } from '../measure/attribution-words.ts'
import { endingWords } from '../measure/ending-words.ts'
import { scoreRemarks } from '../measure/score.ts'
import { type MeasureRow, measureRow } from '../measure/condition-row.ts'
import { type MeasuredPromise, countPromises, measuredPromises } from '../measure/promise.ts'
import type { RateText } from '../measure/rate-text.ts'
import { consistencyLines } from './consistency-lines.ts'
import { surfaceBlock } from './surface-block.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { folded } from './finding-block.ts'
import { markdownTable } from './markdown-table.ts'
import { markdownText } from './markdown-text.ts'

/** Causes told for each condition; results.json holds more. */
const shownCauses = 3

interface ScenarioPromise {
  readonly promise: MeasuredPromise
  readonly scenario: string
}

/** Declared values and objectives with what was seen, the kept ones folded; none where nothing was promised in numbers. */
export function promiseTables(judged: readonly JudgedScenario[]): string[] {
  const all = judged.flatMap(({ scenario }) =>
    measuredPromises(scenario).map((promise) => ({ promise, scenario: scenario.name })),
  )
  const [kept, others] = [all.filter(isKept), all.filter((each) => !isKept(each))]
  return [
    ...(others.length === 0 ? [] : [promiseTable(others)]),
    ...(kept.length === 0 ? [] : [folded(countPromises(kept.map(({ promise }) => promise)), promiseTable(kept))]),
  ]
}

function isKept({ promise }: ScenarioPromise): boolean {
  return promise.outcome === 'kept'
}

function promiseTable(rows: readonly ScenarioPromise[]): string {
  return markdownTable(
    ['Verdict', 'Declared or set as an objective', 'Seen, with 95 % interval', 'Scenario'].map((title) => ({ title })),
    rows.map(({ promise: { sign, word, title, seen }, scenario }) => [`${sign} ${word}`, title, seen, scenario]),
  )
}

/** What a scenario was measured to do under each condition, and on whom its failures are booked. */
export function measureTable({ scenario: { name, measure } }: JudgedScenario): string[] {
  if (measure === null) return []
  const table = markdownTable(
    [
      { title: 'Condition' },
      ...['Tasks', 'Solved', 'Timed out', 'Violations caught', 'Tool calls', 'p50', 'p90', 'p99'].map((title) => ({
        title,
        isNumber: true,
      })),
    ],
    measure.conditions.map((each) => cells(measureRow(each.name, each.measures))),
  )
  const causes = measure.conditions.flatMap(causeList)
  const parts = [
    'The intervals at 95 % are those that decide.',
    table,
    ...endingWords(measure),
    ...resolutionList(measure),
    ...consistencyLines(measure),
    ...surfaceBlock(measure),
    ...scoreList(measure),
    ...causes,
  ]
  return [folded(`Measures of ${name}`, parts.join('\n\n'))]
}

function scoreList(measure: MeasureResult): string[] {
  const scores = scoreRemarks(measure).map((remark) => `- ${markdownText(remark)}`)
  return scores.length === 0 ? [] : [scores.join('\n')]
}

function cells({
  name,
  tasks,
  excluded,
  taskSuccess,
  timeouts,
  violationDetection,
  toolCalls,
  latency,
}: MeasureRow): string[] {
  return [
    name,
    excluded === '' ? tasks : `${tasks} (${excluded})`,
    rateCell(taskSuccess),
    rateCell(timeouts),
    violationDetection === null ? '–' : rateCell(violationDetection),
    toolCalls.mean,
    latency.p50,
    latency.p90,
    latency.p99,
  ]
}

function rateCell({ share, interval }: RateText): string {
  return interval === '' ? share : `${share} (${interval})`
}

function causeList({ name, attribution }: MeasuredCondition): string[] {
  const sentence = attributionSentence(attribution)
  if (sentence === '') return []
  const causes = attribution.causes.slice(0, shownCauses).map((cause) => `- ${markdownText(causeSentence(cause))}`)
  const list = causes.length === 0 ? [] : [folded(causesCount(causes.length, attribution), causes.join('\n'))]
  return [`**Why tasks failed, ${markdownText(name)}.** ${markdownText(sentence)}`, ...list]
}

/** What so many trials cannot show. */
function resolutionList({ resolution }: MeasureResult): string[] {
  if (resolution.length === 0) return []
  return [
    `What this number of trials cannot show:\n\n${resolution.map((sentence) => `- ${markdownText(sentence)}.`).join('\n')}`,
  ]
}

/** What a measured scenario answers before a deploy. */
export function questionList(judged: JudgedScenario): string[] {
  const { scenario } = judged
  const questions = answeredQuestions(scenario)
  if (questions.length === 0) return []
  const list = questions.map(
    ({ sign, question, text }) => `- ${sign} **${markdownText(question)}** ${sentencesOf(text)}`,
  )
  const against = againstMeasure(judged)
  const isFine = questions.every(({ verdict }) => verdict !== 'no' && verdict !== 'unknown')
  if (isFine && against === null) return [folded(`Of ${scenario.name}: ${countPromises(questions)}`, list.join('\n'))]
  return [
    [`Of ${markdownText(scenario.name)}:`, list.join('\n'), ...(against === null ? [] : againstBlock(against))].join(
      '\n\n',
    ),
  ]
}

function againstBlock({ lead, findings, measured }: AgainstMeasure): string[] {
  const found = findings.map(({ label, words }) => `- **${markdownText(label)}** ${markdownText(`${words}.`)}`)
  const under = measured.map(({ condition, faults }) => `- ${markdownText(`${condition}: ${faults}.`)}`)
  return [markdownText(lead), found.join('\n'), ...(under.length === 0 ? [] : ['Measured under:', under.join('\n')])]
}

/** Each sentence may take as much room as any text: answers grow with the conditions, and their ends matter too. */
function sentencesOf(text: string): string {
  return text
    .split(/(?<=\.) (?=[A-Z])/)
    .map(markdownText)
    .join(' ')
}
