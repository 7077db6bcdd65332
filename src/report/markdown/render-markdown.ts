import type { Environment } from '../../results/environment-schema.ts'
import { quantity } from '../../results/quantity.ts'
import type { Results } from '../../results/results-schema.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { verdictText } from '../../results/verdict.ts'
import { editionWords } from '../public/edition-words.ts'
import { boundedTexts } from '../bounded-texts.ts'
import { findingsInOrder } from '../findings-in-order.ts'
import { reducedRun } from '../reduced-run.ts'
import { runRemarks } from '../run-remarks.ts'
import { reproduction } from '../reproduction.ts'
import { commitState } from '../short-commit.ts'
import { totalsText } from '../run-totals.ts'
import { type JudgedScenario, scenarioVerdicts } from '../scenario-verdicts.ts'
import { statusLooks } from '../status-look.ts'
import { type Block, boundedDocument } from './bounded-document.ts'
import { comparisonBlock } from './comparison-block.ts'
import { findingBlock } from './finding-block.ts'
import { codeBlock, markdownText } from './markdown-text.ts'
import { indicatorTable } from './indicator-tables.ts'
import { measureTable, promiseTables, questionList } from './measure-tables.ts'
import { incidentBlocks, serviceBlocks } from './service-blocks.ts'
import { propertyTable, remarkList, scenarioTable } from './scenario-tables.ts'
import { trendBlocks } from './trend-blocks.ts'

/** A comment on GitHub holds 65,536 characters; a job that posts the summary adds some of its own. */
const mostCharacters = 60_000

const shownReasons = 10

/**
 * Renders results as GitHub-flavoured Markdown, for the summary of a job or a comment on a pull request.
 *
 * Bounded in size: blocks that do not fit are left out, and the last line says what they were.
 *
 * @param environment where and when the run took place; null leaves it out
 * @param trends over earlier runs; null where there are none
 */
export function renderMarkdown(whole: Results, environment: Environment | null, trends: Trends | null = null): string {
  const results = boundedTexts(whole)
  const judged = scenarioVerdicts(results)
  return boundedDocument(
    [
      ...section(null, [opening(results, boundedTexts(environment))], ['verdict', 'verdicts']),
      ...section('Scenarios', [scenarioTable(judged)], ['table of scenarios', 'tables of scenarios']),
      ...section(null, judged.flatMap(remarkList), ['list of remarks', 'lists of remarks']),
      ...section('Findings', findings(judged, false), ['finding', 'findings']),
      ...section('Incidents', incidentBlocks(judged), ['table of incidents', 'tables of incidents']),
      ...section('Declarations and objectives', promiseTables(judged), ['table of promises', 'tables of promises']),
      ...section('Before a deploy', judged.flatMap(questionList), ['list of answers', 'lists of answers']),
      ...section('Accepted findings', findings(judged, true), ['accepted finding', 'accepted findings']),
      ...section('Trends', trendBlocks(boundedTexts(trends)), ['block of trends', 'blocks of trends']),
      ...section('Against the baseline', results.comparisons.map(comparisonBlock), ['comparison', 'comparisons']),
      ...section('Service levels', judged.flatMap(serviceBlocks), [
        'table of service levels',
        'tables of service levels',
      ]),
      ...section('Measures', judged.flatMap(measureTable), ['table of measures', 'tables of measures']),
      ...section('Indicators', judged.flatMap(indicatorTable), ['table of indicators', 'tables of indicators']),
      ...section('Properties', judged.flatMap(propertyTable), ['table of properties', 'tables of properties']),
      ...section('How to reproduce this run', reproductionBlock(results, boundedTexts(environment)), [
        'command line',
        'command lines',
      ]),
    ],
    mostCharacters,
  )
}

/** Blocks of one kind; the heading stands with the first. */
function section(title: string | null, texts: readonly string[], about: Block['about']): Block[] {
  return texts.map((text, index) => ({ text: title !== null && index === 0 ? `## ${title}\n\n${text}` : text, about }))
}

function opening(results: Results, environment: Environment | null): string {
  const { status, reasons } = results.verdict
  const { sign, advice } = statusLooks[status]
  const more = reasons.length - shownReasons
  const list = reasons.slice(0, shownReasons).map((reason, index) => `${index + 1}. ${markdownText(reason)}`)
  const remarks = runRemarks(results).map((remark) => `- ${markdownText(remark)}`)
  const reduced = reducedRun(results)
  return [
    `# ${sign} ${markdownText(verdictText(results.verdict))}`,
    `${advice} ${totalsText(results)}, ${markdownText(`Shakedown ${results.shakedown}`)}.`,
    ...placeLines(environment),
    ...editionLines(results),
    ...(reduced === null ? [] : [`**${markdownText(reduced)}**`]),
    ...(list.length === 0 ? [] : [list.join('\n')]),
    ...(more > 0 ? [`And ${quantity(more, 'more reason')}.`] : []),
    ...(remarks.length === 0 ? [] : [remarks.join('\n')]),
  ].join('\n\n')
}

/** Which state of the project was tested, and when: a summary outlives the job that it is of. */
function placeLines(environment: Environment | null): string[] {
  if (environment === null) return []
  const { commit, startedAt } = environment
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(startedAt) ?? []
  const at = markdownText(day === undefined ? startedAt : `${day} at ${time} UTC`)
  // Not as code: GitHub and GitLab link a commit that stands in the text.
  return [commit === null ? `Tested on ${at}.` : `Commit ${markdownText(commitState(commit))}, tested on ${at}.`]
}

/** The line that runs it again; nothing where nobody kept it, since a summary is short. */
function reproductionBlock(results: Results, environment: Environment | null): string[] {
  const { where, line, caveats } = reproduction(results, environment)
  if (line === null) return []
  return [[markdownText(where), codeBlock(line, 'sh'), ...caveats.map((caveat) => markdownText(caveat))].join('\n\n')]
}

function editionLines({ edition }: Results): string[] {
  if (edition === undefined) return []
  const { title, leftOut, check, hash } = editionWords(edition)
  return [`**${title}.** ${markdownText(leftOut)}`, `${markdownText(check)} \`${hash}\``]
}

function findings(judged: readonly JudgedScenario[], isAccepted: boolean): string[] {
  return findingsInOrder(judged)
    .filter(({ state }) => (state === 'accepted') === isAccepted)
    .map(findingBlock)
}
