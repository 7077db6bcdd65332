import type { Severity } from '../../objectives/incidents/severity.ts'
import { remedyOf } from '../../properties/remedies/remedy-of.ts'
import { inSeconds } from '../../properties/virtual-time.ts'
import { grouped, quantity } from '../../results/quantity.ts'
import { incidentOfFinding } from '../../results/incidents/find-incident.ts'
import { findingFrequency } from '../../results/finding-frequency.ts'
import type { AcceptedFinding, Finding, ScenarioResult } from '../../results/results-schema.ts'
import { type BreakerSpanWords, breakerWords } from '../breaker-words.ts'
import { callWords } from '../call-words.ts'
import { type ShownEntry, elideTimeline } from '../elide-timeline.ts'
import { causeWords, codeWords, planIntro } from '../finding-words.ts'
import { type FindingState, findingState } from '../finding-state.ts'
import { findingSeverity } from '../findings-in-order.ts'
import { incidentLooks } from '../measure/incident-table.ts'
import { leftOut } from '../public/left-out.ts'
import { propertyFamily } from '../property-family.ts'
import { replayLine } from '../replay-line.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { type TextPiece, codedStatement, codedWords } from './coded-text.ts'
import { laneChart } from './lane-chart.ts'
import { spanWords } from './span-chart.ts'

/** A row of the timeline's table. */
interface EntryView {
  readonly at: string
  /** The number of the call, as messages and the drawing name it; empty for none. */
  readonly call: string
  readonly kind: string
  readonly text: string
  readonly tone: string
  /** Said where entries before this one are left out; empty for none. */
  readonly skipped: string
  /** When the violation became certain, where that was with this entry or before the next; null elsewhere. */
  readonly certainAt: string | null
}

export interface FindingView {
  readonly anchor: string
  readonly scenario: string
  readonly scenarioAnchor: string
  readonly property: string
  readonly name: string
  readonly statement: readonly TextPiece[]
  readonly state: FindingState
  readonly severity: Severity | null
  readonly isExpired: boolean
  readonly tone: string
  readonly sign: string
  /** By what a filter finds it, besides ID and name: family, scenario, state, severity. */
  readonly words: string
  readonly frequency: string
  readonly witness: string
  /** Where the agent's own code made the call that proves it; null where nobody knows. */
  readonly code: string | null
  readonly plan: readonly string[]
  readonly planIntro: string
  readonly planJson: string
  /** What usually breaks the property and what to change; empty where nobody knows. */
  readonly remedy: readonly TextPiece[]
  /** Where its scenario is defined, e.g. `a.scenario.ts:12`; null where that was left out. */
  readonly place: string | null
  /** What it would be in service; null in results that have no incidents. */
  readonly incident: {
    readonly severity: Severity
    readonly tone: string
    /** Who would be called, and how soon they must be at it. */
    readonly calls: string
    readonly actions: readonly string[]
  } | null
  readonly shrinking: string
  readonly chart: string
  /** What the rule asks for in words, as far as the drawing shows it; empty where it shows none. */
  readonly spans: string
  /** The declared circuit breakers in words. */
  readonly breakers: readonly { readonly name: string; readonly spans: readonly BreakerSpanWords[] }[]
  readonly entries: readonly EntryView[]
  readonly entryCount: string
  /** Null where a public edition leaves it out. */
  readonly replay: string | null
  readonly firstTrial: string
  readonly traceHash: string
  readonly acceptance: AcceptedFinding | null
}

/** The anchor of a finding in the page; by position, because names are hostile. */
export function findingAnchor(scenarioIndex: number, findingIndex: number): string {
  return `finding-${scenarioIndex + 1}-${findingIndex + 1}`
}

/** The findings of a scenario as the page tells them, in the order of the results. */
export function findingViews(judged: JudgedScenario, scenarioIndex: number): FindingView[] {
  const { scenario, verdict } = judged
  return scenario.findings.map((finding, index): FindingView => {
    const anchor = findingAnchor(scenarioIndex, index)
    const property = scenario.search?.properties.find(({ id }) => id === finding.property)
    const state = findingState(finding, verdict)
    return {
      anchor,
      scenario: scenario.name,
      scenarioAnchor: `scenario-${scenarioIndex + 1}`,
      property: finding.property,
      name: property?.name ?? '',
      statement: codedStatement(finding.property, property?.statement ?? ''),
      state,
      isExpired: state === 'expired',
      tone: state === 'accepted' ? 'known' : 'bad',
      sign: '✕',
      words: [
        propertyFamily(finding.property).title,
        scenario.name,
        state === 'open' ? 'violated' : `violated ${state}`,
        incidentOf(finding, scenario)?.severity ?? '',
      ].join(' '),
      frequency: findingFrequency(finding, scenario),
      witness: finding.witness.sentence,
      code: codeWords(finding),
      planIntro: planIntro(finding),
      plan: causeWords(finding),
      planJson: JSON.stringify(finding.plan, null, 2),
      remedy: codedWords(remedyOf(property?.name ?? '') ?? ''),
      place: scenario.file === leftOut ? null : `${scenario.file}:${scenario.line}`,
      severity: findingSeverity(finding, judged),
      incident: incidentOf(finding, scenario),
      shrinking: quantity(finding.shrinkTrials, 'trial'),
      chart: laneChart(finding, `${anchor}-chart`),
      spans: finding.witness.spans.map(spanWords).join('; '),
      breakers: (finding.breakers ?? []).map((lane) => ({
        name: `${lane.upstream}${lane.task === null ? '' : `, task ${lane.task}`}`,
        spans: breakerWords(lane),
      })),
      entries: elideTimeline(finding).map((shown) => entryView(shown, finding.witness.at)),
      entryCount: quantity(finding.timeline.length, 'entry', 'entries'),
      replay: finding.token === leftOut ? null : replayLine(finding.token),
      firstTrial: grouped(finding.firstTrial),
      traceHash: finding.traceHash,
      acceptance: finding.accepted,
    }
  })
}

function incidentOf(finding: Finding, scenario: ScenarioResult): FindingView['incident'] {
  const own = incidentOfFinding(finding, scenario)
  if (own === undefined) return null
  const { severity, actions } = own
  return { severity, tone: incidentLooks[severity].tone, calls: callWords(own), actions }
}

function entryView({ entry, skipped, isWitness, violation }: ShownEntry, violatedAtMs: number): EntryView {
  return {
    at: inSeconds(entry.at),
    call: entry.call === null ? '' : String(entry.call),
    kind: entry.kind,
    text: entry.text,
    tone: entry.kind === 'fault' ? 'fault' : isWitness ? 'witness' : 'plain',
    skipped: skipped > 0 ? `${quantity(skipped, 'entry', 'entries')} left out; results.json holds them all.` : '',
    certainAt: violation === null ? null : inSeconds(violatedAtMs),
  }
}
