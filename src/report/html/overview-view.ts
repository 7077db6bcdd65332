import { declarationResults } from '../../results/declaration-result.ts'
import { exactPercent } from '../../results/percent.ts'
import { underCondition } from '../../results/condition-words.ts'
import type { Incident } from '../../results/incidents/incident-schema.ts'
import type { ScenarioResult } from '../../results/results-schema.ts'
import { bySeverity } from '../../objectives/incidents/severity.ts'
import type { DeclarationCheck } from '../../results/measure-schema.ts'
import { callWords } from '../call-words.ts'
import { incidentLooks } from '../measure/incident-table.ts'
import { metricWords } from '../measure/objective-words.ts'
import { countPromises, promiseLook } from '../measure/promise.ts'
import { ratePhrase } from '../measure/rate-text.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { type LookView, validityLook } from './declaration-view.ts'
import { type FindingView, findingAnchor } from './finding-view.ts'
import { type ObjectiveCards, objectiveCards } from './objective-card.ts'
import { outcomeTones } from './outcome-tones.ts'

/** Lines of each list on the first screen; everything is below. */
const shownFindings = 6
const shownChecks = 3
const shownIncidents = 4

/** What a lead looks at before anything else: service levels, findings, declarations, incidents. */
export interface OverviewView {
  readonly objectives: ObjectiveCards
  readonly findings: OverviewList<
    LookView & {
      readonly anchor: string
      readonly incident: FindingView['incident']
      readonly name: string
      readonly detail: string
    }
  >
  readonly declarations: readonly DeclarationCard[]
  readonly incidents: OverviewList<
    LookView & { readonly title: string; readonly detail: string; readonly anchor: string }
  >
}

interface OverviewList<Row> {
  readonly rows: readonly Row[]
  /** Said where there are more; empty otherwise. */
  readonly more: string
}

interface DeclarationCard {
  readonly title: string
  readonly validity: LookView
  readonly until: string
  /** `7 upheld, 1 refuted`. */
  readonly count: string
  readonly tone: string
  readonly anchor: string
  /** Those that are not upheld, as far as there is room. */
  readonly checks: readonly (LookView & { readonly title: string; readonly seen: string })[]
}

/** Gathers what the first screen shows below the verdict. */
export function overviewView(scenarios: readonly JudgedScenario[], findings: readonly FindingView[]): OverviewView {
  return {
    objectives: objectiveCards(scenarios),
    findings: listOf(
      findings,
      shownFindings,
      ({ tone, sign, state, anchor, incident, property, name, scenario, frequency }) => ({
        ...{ tone, sign, word: state === 'open' ? 'violated' : `violated, ${state}`, anchor, incident },
        ...{ name: `${property} ${name}`, detail: `${frequency}, ${scenario}` },
      }),
    ),
    declarations: scenarios.flatMap(declarationCards),
    incidents: listOf(incidentsOf(scenarios), shownIncidents, incidentRow),
  }
}

interface PlacedIncident {
  readonly incident: Incident
  readonly scenario: ScenarioResult
  readonly index: number
}

function incidentsOf(scenarios: readonly JudgedScenario[]): PlacedIncident[] {
  return scenarios
    .flatMap(({ scenario }, index) => scenario.incidents.map((incident) => ({ incident, scenario, index })))
    .toSorted((a, b) => bySeverity(a.incident.severity, b.incident.severity))
}

function incidentRow({ incident, scenario, index }: PlacedIncident): OverviewView['incidents']['rows'][number] {
  const { severity, source, about, side, isAccepted } = incident
  const finding = scenario.findings.findIndex(({ property }) => source === 'finding' && property === about)
  const whose = side === 'provider' ? ', of the provider' : isAccepted ? ', accepted' : ''
  return {
    ...incidentLooks[severity],
    ...{ word: severity, title: `${source}: ${about}${whose}` },
    detail: `${callWords(incident)}; ${scenario.name}`,
    anchor: finding < 0 ? `scenario-${index + 1}` : findingAnchor(index, finding),
  }
}

function listOf<From, Row>(all: readonly From[], most: number, row: (from: From) => Row): OverviewList<Row> {
  const more = all.length - most
  return { rows: all.slice(0, most).map(row), more: more > 0 ? `${more} more below.` : '' }
}

function declarationCards({ scenario, verdict }: JudgedScenario, index: number): DeclarationCard[] {
  const validities = [...(scenario.measure?.declaration ? [verdict.declaration] : []), ...verdict.inForce]
  return declarationResults(scenario).map(({ declaration, checks }, place) => {
    const validity = validityLook(validities[place] ?? null)
    const looks = checks.map((check) => ({ check, ...promiseLook(check.verdict) }))
    const worst = (['broken', 'open', 'kept'] as const).find((outcome) =>
      looks.some((look) => look.outcome === outcome),
    )
    return {
      title: `${declaration.agent} ${declaration.version}`,
      validity,
      until: declaration.validUntil,
      count: countPromises(looks),
      tone: validity.tone === 'bad' ? 'bad' : outcomeTones[worst ?? 'open'],
      anchor: `scenario-${index + 1}-measure`,
      checks: looks
        .filter(({ outcome }) => outcome !== 'kept')
        .toSorted((a, b) => (a.outcome === b.outcome ? 0 : a.outcome === 'broken' ? -1 : 1))
        .slice(0, shownChecks)
        .map(({ check, word, sign, outcome }) => ({ word, sign, tone: outcomeTones[outcome], ...checkWords(check) })),
    }
  })
}

function checkWords({ metric, value, stratum, condition, observed }: DeclarationCheck): {
  title: string
  seen: string
} {
  const of = stratum === null ? '' : ` of ${stratum}`
  const under = condition === null ? '' : `, ${underCondition(condition)}`
  return {
    title: `${metricWords[metric]}${of} declared ${exactPercent(value)}${under}`,
    seen: ratePhrase(observed),
  }
}
