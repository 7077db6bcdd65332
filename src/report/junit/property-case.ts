import { quantity } from '../../results/quantity.ts'
import type { AcceptedFinding, Finding, PropertyResult } from '../../results/results-schema.ts'
import { describeFault } from '../describe-fault.ts'
import { findingFrequency, planIntro } from '../finding-words.ts'
import { findingState } from '../finding-state.ts'
import { replayLine } from '../replay-line.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import type { JunitCase, JunitRemark } from './junit-case.ts'

/** The test case of one property: what was judged vacuous or not applicable is skipped, because it is no pass. */
export function propertyCase(property: PropertyResult, judged: JudgedScenario): JunitCase {
  const finding = judged.scenario.findings.find((each) => each.property === property.id)
  const remark = finding === undefined ? remarkWithoutFinding(property, judged) : remarkOf(finding, property, judged)
  return { name: `${property.id} ${property.name}`, remark }
}

function remarkOf(finding: Finding, property: PropertyResult, judged: JudgedScenario): JunitRemark {
  const { accepted, witness } = finding
  const state = findingState(finding, judged.verdict)
  const text = findingText(finding, property, judged)
  if (accepted === null) return { element: 'failure', type: 'violated', message: witness.sentence, text }
  const acceptance = acceptanceText(accepted)
  return state === 'expired'
    ? { element: 'failure', type: 'acceptance expired', message: `${witness.sentence}; ${acceptance}`, text }
    : { element: 'skipped', type: 'accepted', message: acceptance, text }
}

/** Statement, witness, smallest plan and replay line, each on lines of its own. */
function findingText(finding: Finding, { id, name, statement }: PropertyResult, { scenario }: JudgedScenario): string {
  return [
    `${id} ${name}: ${statement}`,
    `Violated in ${findingFrequency(finding, scenario)}, first in trial ${finding.firstTrial}.`,
    `What happened: ${finding.witness.sentence}`,
    `Smallest cause: ${planIntro(finding)}`,
    ...finding.plan.faults.map((fault) => `- ${describeFault(fault)}`),
    `Replay: ${replayLine(finding.token)}`,
  ].join('\n')
}

function remarkWithoutFinding(property: PropertyResult, judged: JudgedScenario): JunitRemark | null {
  const { verdict, statement } = property
  const { scenario } = judged
  const trials = quantity(scenario.search?.tally.trials ?? 0, 'trial')
  switch (verdict) {
    case 'holds':
      return null
    case 'violated':
      return violatedRemark(property, judged)
    case 'vacuous':
      return {
        element: 'skipped',
        type: 'vacuous',
        message: `never put to the test: none of ${trials} brought its situation about, so nothing is known`,
        text: statement,
      }
    case 'not applicable':
      return {
        element: 'skipped',
        type: 'not applicable',
        message: 'the profile claims nothing that it could judge',
        text: statement,
      }
  }
}

/** A violation that only all trials together show has a conclusion in place of a finding. */
function violatedRemark(property: PropertyResult, { verdict: { expired } }: JudgedScenario): JunitRemark {
  const { id, statement, violations, conclusion, accepted } = property
  const message = conclusion ?? `violated in ${quantity(violations, 'trial')}, and no finding explains it`
  const text = `${statement}\n${message}`
  if (accepted === null) return { element: 'failure', type: 'violated', message, text }
  const acceptance = acceptanceText(accepted)
  return expired.includes(id)
    ? { element: 'failure', type: 'acceptance expired', message: `${message}; ${acceptance}`, text }
    : { element: 'skipped', type: 'accepted', message: acceptance, text }
}

function acceptanceText({ owner, expires, reason }: AcceptedFinding): string {
  return `accepted by ${owner} until ${expires}: ${reason}`
}
