import { remedyOf } from '../../properties/remedies/remedy-of.ts'
import { incidentOfFinding } from '../../results/incidents/find-incident.ts'
import type { Incident } from '../../results/incidents/incident-schema.ts'
import { quantity } from '../../results/quantity.ts'
import { findingFrequency } from '../../results/finding-frequency.ts'
import type { AcceptedFinding, Finding, PropertyResult } from '../../results/results-schema.ts'
import { callWords } from '../call-words.ts'
import { causeWords, codeWords, planIntro } from '../finding-words.ts'
import { findingState } from '../finding-state.ts'
import { replayLine } from '../replay-line.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { type CaseRemark, type ReportCase, remarkOf } from './report-case.ts'

/** The case of one property: what was judged vacuous or not applicable is skipped, because it is no pass. */
export function propertyCase(property: PropertyResult, judged: JudgedScenario): ReportCase {
  const { id, name, statement } = property
  const finding = judged.scenario.findings.find((each) => each.property === id) ?? null
  const remark = finding === null ? remarkWithoutFinding(property, judged) : findingRemark(finding, property, judged)
  return { name: `${id} ${name}`, rule: id, statement, finding, remark }
}

function findingRemark(finding: Finding, property: PropertyResult, judged: JudgedScenario): CaseRemark {
  const { accepted, witness } = finding
  const state = findingState(finding, judged.verdict)
  return violation(witness.sentence, findingText(finding, property, judged), accepted, state === 'expired')
}

/** Statement, witness, smallest plan and replay line, each on lines of its own. */
function findingText(finding: Finding, { id, name, statement }: PropertyResult, { scenario }: JudgedScenario): string {
  return [
    `${id} ${name}: ${statement}`,
    `Violated in ${findingFrequency(finding, scenario)}, first in trial ${finding.firstTrial}.`,
    ...serviceLine(incidentOfFinding(finding, scenario)),
    `What happened in the replay: ${finding.witness.sentence}`,
    ...codeLine(finding),
    `Smallest cause: ${planIntro(finding)}`,
    ...causeWords(finding).map((cause) => `- ${cause}`),
    ...remedyLine(name),
    `Replay: ${replayLine(finding.token)}`,
  ].join('\n')
}

function serviceLine(incident: Incident | undefined): string[] {
  return incident === undefined ? [] : [`In service: ${incident.severity}, which ${callWords(incident)}.`]
}

function codeLine(finding: Finding): string[] {
  const code = codeWords(finding)
  return code === null ? [] : [`The agent's code: ${code}`]
}

function remedyLine(name: string): string[] {
  const remedy = remedyOf(name)
  return remedy === null ? [] : [`How to mend it: ${remedy}`]
}

function remarkWithoutFinding(property: PropertyResult, judged: JudgedScenario): CaseRemark | null {
  const { verdict, statement } = property
  const { scenario } = judged
  const trials = quantity(scenario.search?.tally.trials ?? 0, 'trial')
  switch (verdict) {
    case 'holds':
      return null
    case 'violated':
      return violatedRemark(property, judged)
    case 'vacuous': {
      const message = `never put to the test: none of ${trials} brought its situation about, so nothing is known`
      return remarkOf('skipped', 'vacuous', message, statement)
    }
    case 'not applicable':
      return remarkOf('skipped', 'not applicable', 'the profile claims nothing that it could judge', statement)
  }
}

/** A violation that only all trials together show has a conclusion in place of a finding. */
function violatedRemark(property: PropertyResult, { verdict: { expired } }: JudgedScenario): CaseRemark {
  const { id, statement, violations, conclusion, accepted } = property
  const message = conclusion ?? `violated in ${quantity(violations, 'trial')}, and no finding explains it`
  return violation(message, `${statement}\n${message}`, accepted, expired.includes(id))
}

function violation(message: string, text: string, accepted: AcceptedFinding | null, isExpired: boolean): CaseRemark {
  if (accepted === null) return remarkOf('failure', 'violated', message, text)
  const acceptance = `accepted by ${accepted.owner} until ${accepted.expires}: ${accepted.reason}`
  if (isExpired) return remarkOf('failure', 'acceptance expired', `${message}; ${acceptance}`, text)
  return { ...remarkOf('skipped', 'accepted', acceptance, text), spared: acceptance }
}
