import { renderIncident } from '../../../src/report/markdown/render-incident.ts'
import { printedJson } from '../../../src/report/printed-json.ts'
import { printedText } from '../../../src/report/printed-text.ts'
import { renderComparison } from '../../../src/report/terminal/render-comparison.ts'
import { renderReplay } from '../../../src/report/terminal/render-replay.ts'
import type { Comparison } from '../../../src/results/comparison/comparison-schema.ts'
import type { Finding, Results, ScenarioResult } from '../../../src/results/results-schema.ts'
import { commandsIn } from '../_workflow-commands.ts'
import { markdownNodes } from '../markdown/_parse-markdown.ts'
import { acts } from './_acts.ts'
import type { Told } from './_document.ts'

/** What is wrong with what `compare`, `replay` and the last words of a command print. */
export function commandFaults({ results }: Told): string[] {
  const replays = results.scenarios.flatMap((scenario) =>
    scenario.findings.map((one) => replayed(results, scenario, one)),
  )
  const words = [
    ...results.comparisons.flatMap((comparison: Comparison) =>
      renderComparison(comparison, { colour: false, columns: 60 }),
    ),
    ...replays.flatMap((each) => [renderReplay(each), renderReplay({ ...each, witness: null })]),
    ...results.verdict.reasons.map((reason) => printedText(`shakedown: ${reason}\n`)),
  ]
  const documents = [...results.comparisons, ...replays]
  return [
    ...words.flatMap((text) => orders('printed', text)),
    ...documents.flatMap((value) => {
      const text = printedJson(value)
      const isSame = JSON.stringify(JSON.parse(text)) === JSON.stringify(value)
      return [...orders('printed JSON', text), ...(isSame ? [] : ['printed JSON: another value'])]
    }),
  ]
}

function orders(name: string, text: string): string[] {
  return [
    ...(acts.test(text) ? [`${name}: a character that acts`] : []),
    ...commandsIn(text).map(({ command }) => `${name}: the order ${command}`),
  ]
}

function replayed(
  { seed }: Results,
  { name, file }: ScenarioResult,
  { property, plan, witness, timeline, traceHash, firstTrial }: Finding,
) {
  const token = { file, scenario: name, seed, trial: firstTrial, property, plan, hash: traceHash.slice(0, 16) }
  return { ...token, witness, timeline, traceHash, isSameTrace: true }
}

/** The kinds of nodes in the drafts of reviews, one of each scenario; those of a language of templates are text on GitHub. */
export async function incidentTypes({ results }: Told): Promise<ReadonlySet<string>> {
  return new Set(['liquidNode', ...(await incidentNodes(results)).map(({ type }) => type)])
}

/** What is wrong with the drafts of reviews. */
export async function incidentFaults({ results }: Told, like: ReadonlySet<string>): Promise<string[]> {
  const nodes = await incidentNodes(results)
  return nodes
    .filter(({ type }) => !like.has(type))
    .map(({ type, value = '' }) => `review: ${type} ${value.slice(0, 80)}`)
}

function incidentNodes(results: Results) {
  const drafts = results.scenarios.flatMap((scenario) =>
    scenario.findings.slice(0, 1).map((finding) => renderIncident({ finding, scenario }, results)),
  )
  if (drafts.some((draft) => acts.test(draft))) throw new Error('review: a character that acts')
  return markdownNodes(drafts.join('\n\n'))
}
