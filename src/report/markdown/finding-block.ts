import { remedyOf } from '../../properties/remedies/remedy-of.ts'
import { incidentOfFinding } from '../../results/incidents/find-incident.ts'
import { findingFrequency } from '../../results/finding-frequency.ts'
import type { Finding } from '../../results/results-schema.ts'
import { callWords } from '../call-words.ts'
import { causeWords, codeWords, planIntro } from '../finding-words.ts'
import type { PlacedFinding } from '../findings-in-order.ts'
import { replayLine } from '../replay-line.ts'
import { codeBlock, htmlText, markdownText } from './markdown-text.ts'

/** A longer plan is shown in words alone: the replay line carries it whole. */
const longestPlan = 2_000

/** One finding: how often, what happened, the smallest plan in words and as JSON, and the line that replays it. */
export function findingBlock({ finding, judged: { scenario }, state, severity }: PlacedFinding): string {
  const { property, firstTrial, witness, plan, token, accepted } = finding
  const known = scenario.search?.properties.find(({ id }) => id === property)
  const incident = incidentOfFinding(finding, scenario)
  const json = JSON.stringify(plan, null, 2)
  return [
    `### ✕ ${severity === null ? '' : `${severity}: `}${markdownText(`${property} ${known?.name ?? ''}`)} in ${markdownText(scenario.name)}`,
    ...(known === undefined ? [] : [`**Statement:** ${markdownText(known.statement)}`]),
    ...(accepted === null
      ? []
      : [`**${state === 'expired' ? 'Acceptance expired' : 'Accepted'}:** ${markdownText(acceptanceText(accepted))}`]),
    `**Violated in ${findingFrequency(finding, scenario)}**, first in trial ${firstTrial}. In the replay: ${markdownText(witness.sentence)}`,
    ...(incident === undefined ? [] : [`**In service:** ${incident.severity}, which ${callWords(incident)}.`]),
    ...codeText(finding),
    `**Smallest cause.** ${planIntro(finding)}`,
    ...(plan.faults.length === 0
      ? []
      : [
          causeWords(finding)
            .map((cause) => `- ${markdownText(cause)}`)
            .join('\n'),
        ]),
    ...remedyText(known?.name),
    codeBlock(replayLine(token), 'sh'),
    ...(plan.faults.length === 0 || json.length > longestPlan ? [] : [folded('Plan as JSON', codeBlock(json, 'json'))]),
  ].join('\n\n')
}

function codeText(finding: Finding): string[] {
  const code = codeWords(finding)
  return code === null ? [] : [`**The agent's code:** ${markdownText(code)}`]
}

function remedyText(name: string | undefined): string[] {
  const remedy = name === undefined ? null : remedyOf(name)
  return remedy === null ? [] : [`**How to mend it.** ${remedy}`]
}

/** A part that is shown on a click; its summary is plain text, and the empty lines make its content Markdown again. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${htmlText(summary)}</summary>\n\n${content}\n\n</details>`
}

function acceptanceText({ owner, expires, reason }: NonNullable<Finding['accepted']>): string {
  return `by ${owner} until ${expires}: ${reason}`
}
