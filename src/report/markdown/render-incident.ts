import { actionsOfProperty } from '../../objectives/incidents/actions-of-property.ts'
import { responses } from '../../objectives/incidents/severity.ts'
import { severityOfProperty } from '../../objectives/incidents/severity-of.ts'
import type { FoundFinding } from '../../results/incidents/choose-finding.ts'
import type { MeasureResult } from '../../results/measure-schema.ts'
import { findingFrequency } from '../../results/finding-frequency.ts'
import type { Results } from '../../results/results-schema.ts'
import { callWords } from '../call-words.ts'
import { elideTimeline } from '../elide-timeline.ts'
import { causeWords, planIntro } from '../finding-words.ts'
import { attributionSentence, causeSentence } from '../measure/attribution-words.ts'
import { replayLine } from '../replay-line.ts'
import { exactSpan } from '../span.ts'
import { markdownTable } from './markdown-table.ts'
import { codeBlock, markdownText } from './markdown-text.ts'

/** Causes told of each condition; results.json holds more. */
const shownCauses = 3

/**
 * Drafts a blameless post-incident review of a finding: what the run knows is filled in, what only people know is blank.
 *
 * What providers did is documented apart: it is no cause that the agent's team could mend.
 */
export function renderIncident({ finding, scenario }: FoundFinding, { seed, shakedown }: Results): string {
  const { property, witness, firstTrial } = finding
  const known = scenario.search?.properties.find(({ id }) => id === property)
  const severity = severityOfProperty(property)
  const { meaning, respondWithinMs } = responses[severity]
  const actions = actionsOfProperty(property, severity)
  const title = `${property}${known === undefined ? '' : ` ${known.name}`} in ${scenario.name}`
  const sections: readonly (readonly [title: string, text: string])[] = [
    ['Summary', summary(known?.statement ?? null, witness.sentence)],
    ['Impact', impact({ finding, scenario })],
    ['Timeline', timeline(finding)],
    ['Trigger', trigger(finding)],
    ['Contributing causes', contributing(scenario.measure)],
    ['Provider', provider(scenario.measure)],
    ['Detection', detection(property, firstTrial, seed, shakedown, finding.token)],
    ['First actions', actions.map((action) => `- [ ] ${action}`).join('\n')],
    ['Resolution', '_How was it mended, and how is it known to be? When the replay exits 0, it no longer happens._'],
    ['Action items', actionItems()],
  ]
  const text = [
    `# Post-incident review: ${markdownText(title)}`,
    `**Severity:** ${severity}, ${meaning}; it ${callWords({ severity, respondWithinMs })}. **Status:** draft.`,
    'Blameless: this is about what happened and what made it possible, not about who did it.',
    ...sections.map(([heading, text]) => `## ${heading}\n\n${text}`),
  ].join('\n\n')
  return `${text.trimEnd()}\n`
}

function summary(statement: string | null, witness: string): string {
  const broken = statement === null ? '' : `\n\nWhat should hold: ${markdownText(statement)}`
  return `${sentence(markdownText(witness))}${broken}`
}

function impact({ finding, scenario }: FoundFinding): string {
  const budgets = (scenario.measure?.budgets ?? []).filter(({ status }) => status === 'exhausted')
  const accepted =
    finding.accepted === null ? [] : [`Accepted by ${finding.accepted.owner} until ${finding.accepted.expires}.`]
  return [
    `Violated in ${findingFrequency(finding, scenario)} in the search.`,
    ...budgets.map((budget) => `Error budget of ${budget.objective.measure}, ${budget.condition}: ${budget.sentence}`),
    ...accepted,
  ]
    .map((line) => `- ${markdownText(line)}`)
    .concat('- _Users, money and data affected in service:_')
    .join('\n')
}

function timeline(finding: FoundFinding['finding']): string {
  const rows = elideTimeline(finding).flatMap(({ entry, skipped, isWitness }) => [
    ...(skipped > 0 ? [['', '', `${skipped} more in results.json`]] : []),
    [exactSpan(entry.at), isWitness ? 'proves it' : '', entry.text],
  ])
  const columns = [{ title: 'After', isNumber: true }, { title: '' }, { title: 'What happened' }]
  return `Virtual time since the start of the trial.\n\n${markdownTable(columns, rows)}`
}

function trigger(finding: FoundFinding['finding']): string {
  const faults = causeWords(finding).map((cause) => `- ${markdownText(cause)}`)
  return [planIntro(finding), ...(faults.length === 0 ? [] : [faults.join('\n')])].join('\n\n')
}

function contributing(measure: MeasureResult | null): string {
  const found = (measure?.conditions ?? []).flatMap(({ name, attribution }) => {
    const told = attributionSentence(attribution)
    if (told === '') return []
    const causes = attribution.causes.slice(0, shownCauses).map((cause) => `  - ${markdownText(causeSentence(cause))}`)
    return [[`- ${markdownText(`${name}: ${told}`)}`, ...causes].join('\n')]
  })
  const blank = '- _What in design, tests or operation made it possible?_'
  return [...(found.length === 0 ? ['- No measured task failed, or nothing was measured.'] : found), blank].join('\n')
}

function provider(measure: MeasureResult | null): string {
  const broken = (measure?.dependencies ?? []).filter(({ isBreached }) => isBreached)
  if (broken.length === 0) return 'No upstream is known to have broken a promise in this run.'
  const list = broken.map(({ condition, sentence: told }) => `- ${markdownText(`${condition}: ${told}`)}`)
  return `Not the agent's to mend, and documented apart:\n\n${list.join('\n')}`
}

function detection(property: string, trial: number, seed: number, version: string, token: string): string {
  const found = `Found by property ${property} in trial ${trial} of seed ${seed}, with Shakedown ${version}. This runs the trial again:`
  return `${markdownText(found)}\n\n${codeBlock(replayLine(token), 'sh')}\n\n_How would it be noticed in service, and how soon?_`
}

function actionItems(): string {
  const columns = ['Action', 'Owner', 'Due'].map((title) => ({ title }))
  return markdownTable(columns, [
    ['', '', ''],
    ['', '', ''],
  ])
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}
