import type { Severity } from '../../objectives/incidents/severity.ts'
import { ungradedSentence } from '../../results/graded-reason.ts'
import { declarationResults } from '../../results/declaration-result.ts'
import { cellPlace } from '../../results/comparison/comparison-words.ts'
import type { Results, ScenarioResult } from '../../results/results-schema.ts'
import { incidentLooks } from '../measure/incident-table.ts'
import type { LookView } from './declaration-view.ts'
import { findingAnchor } from './finding-view.ts'
import { objectiveGroups } from './objective-groups.ts'

/** A reason of the verdict, with a link on the words that say what it is about. */
export interface ReasonView {
  /** What it would be in service; null where it would be no incident. */
  readonly incident: (Pick<LookView, 'tone'> & { readonly severity: Severity }) | null
  /** Where the page tells of it; empty where no place of the page is meant. */
  readonly anchor: string
  /** The words of the link; empty without one. */
  readonly lead: string
  readonly rest: string
}

interface Place {
  readonly anchor: string
  /** What a reason about this place begins with. */
  readonly lead: string
  /** Further words that must follow, so that one ID is not taken for a longer one. */
  readonly next: string
}

/**
 * Finds the place that each reason of the verdict speaks of: a finding, an objective, a declared value, a comparison,
 * or else the scenario that it names.
 *
 * The results hold reasons as sentences, whose first words after the severity are those of their scenario; the longest
 * beginning wins.
 */
export function reasonViews({ scenarios, comparisons, verdict }: Results): ReasonView[] {
  const compared = comparisons.flatMap(({ cells }) => cells)
  const places = [
    ...scenarios.flatMap((scenario, index) => placesOf(scenario, index)),
    ...compared.map((cell) => ({
      anchor: 'baseline',
      lead: `${cell.scenario}: task success ${cellPlace(cell)} ${cell.verdict}`,
      next: ': ',
    })),
  ].toSorted((one, other) => other.lead.length + other.next.length - one.lead.length - one.next.length)
  return verdict.reasons.map((reason) => {
    const { severity, sentence } = ungradedSentence(reason)
    const incident = severity === null ? null : { severity, tone: incidentLooks[severity].tone }
    const place = places.find(({ lead, next }) => sentence.startsWith(lead + next))
    if (place === undefined) return { incident, anchor: '', lead: '', rest: sentence }
    return { incident, anchor: place.anchor, lead: place.lead, rest: sentence.slice(place.lead.length) }
  })
}

function placesOf(scenario: ScenarioResult, index: number): Place[] {
  const { name, search, findings, measure } = scenario
  const known = new Map(search?.properties.map((property) => [property.id, property.name]))
  const anchor = `scenario-${index + 1}`
  const declared = declarationResults(scenario).flatMap(({ checks }) => checks)
  const objectives = measure === null ? [] : objectiveGroups(measure, index)
  return [
    ...findings.map(({ property }, place) => ({
      anchor: findingAnchor(index, place),
      lead: `${name}: ${property}${known.has(property) ? ` (${known.get(property) ?? ''})` : ''}`,
      next: ' is violated',
    })),
    ...declared.map(({ sentence }) => ({ anchor: `${anchor}-measure`, ...leadOf(name, sentence) })),
    ...objectives.flatMap((group) =>
      group.sentences.map((sentence) => ({ anchor: group.anchor, ...leadOf(name, sentence) })),
    ),
    { anchor, lead: name, next: ': ' },
  ]
}

/** A sentence of a level says first what is wanted, and after a colon what was seen. */
function leadOf(name: string, sentence: string): Pick<Place, 'lead' | 'next'> {
  const colon = sentence.indexOf(': ')
  return colon < 0
    ? { lead: `${name}: ${sentence}`, next: '' }
    : { lead: `${name}: ${sentence.slice(0, colon)}`, next: sentence.slice(colon) }
}
