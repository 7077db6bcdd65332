import { grouped, quantity } from '../../results/quantity.ts'
import type { PropertyResult } from '../../results/results-schema.ts'
import { findingState } from '../finding-state.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { findingAnchor } from './finding-view.ts'

/** One cell of the table of properties and scenarios. */
export interface CellView {
  readonly tone: string
  readonly sign: string
  readonly word: string
  readonly detail: string
  /** Word and detail for a narrow column on paper; the sign stands beside it. */
  readonly brief: string
  /** The finding that explains it; empty for none. */
  readonly anchor: string
}

/**
 * How a property came out in a scenario.
 *
 * @param index of the scenario in the run, from 0
 */
export function matrixCell({ scenario, verdict }: JudgedScenario, index: number, id: string): CellView {
  const property = scenario.search?.properties.find((each) => each.id === id)
  if (property === undefined) return { tone: 'none', sign: '–', word: 'not judged', detail: '', brief: '', anchor: '' }
  if (property.verdict !== 'violated') return { ...calmCell(property), anchor: '' }
  const { violations, triggers, conclusion } = property
  const place = scenario.findings.findIndex((finding) => finding.property === id)
  const finding = scenario.findings[place]
  const isAccepted =
    finding === undefined
      ? property.accepted !== null && !verdict.expired.includes(id)
      : findingState(finding, verdict) === 'accepted'
  return {
    tone: isAccepted ? 'known' : 'bad',
    sign: '✕',
    word: isAccepted ? 'violated, accepted' : 'violated',
    detail: `${conclusion === null ? quantity(violations, 'trial') : 'over all trials'}, ${quantity(triggers, 'trigger')}`,
    brief: `${isAccepted ? 'accepted' : 'violated'}${conclusion === null ? ` ${grouped(violations)}` : ''}`,
    anchor: finding === undefined ? '' : findingAnchor(index, place),
  }
}

function calmCell({ verdict, triggers }: PropertyResult): Omit<CellView, 'anchor'> {
  switch (verdict) {
    case 'holds':
      return { tone: 'good', sign: '✓', word: 'holds', detail: quantity(triggers, 'trigger'), brief: grouped(triggers) }
    case 'vacuous':
      return { tone: 'open', sign: '?', word: 'vacuous', detail: 'never triggered', brief: 'vacuous' }
    default:
      return { tone: 'none', sign: '–', word: 'not applicable', detail: '', brief: 'n/a' }
  }
}
