import { quantity } from '../../results/quantity.ts'
import type { PropertyResult } from '../../results/results-schema.ts'
import { findingState } from '../finding-state.ts'
import { comparePropertyIds, propertyFamily } from '../property-family.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { findingAnchor } from './finding-view.ts'

/** One cell of the table of properties and scenarios. */
export interface CellView {
  readonly tone: string
  readonly sign: string
  readonly word: string
  readonly detail: string
  /** The finding that explains it; empty for none. */
  readonly anchor: string
}

export interface MatrixView {
  readonly columns: readonly { readonly name: string; readonly anchor: string }[]
  /** Columns and the one of the row headers. */
  readonly width: number
  readonly groups: readonly {
    readonly title: string
    readonly rows: readonly { readonly id: string; readonly name: string; readonly cells: readonly CellView[] }[]
  }[]
}

/** The table of scenarios and properties: what was judged where, and how it came out. */
export function matrixView(scenarios: readonly JudgedScenario[]): MatrixView {
  const names = new Map(
    scenarios.flatMap(({ scenario }) => (scenario.search?.properties ?? []).map(({ id, name }) => [id, name] as const)),
  )
  const ids = [...names.keys()].toSorted(comparePropertyIds)
  return {
    columns: scenarios.map(({ scenario }, index) => ({ name: scenario.name, anchor: `scenario-${index + 1}` })),
    width: scenarios.length + 1,
    groups: [...Map.groupBy(ids, (id) => propertyFamily(id).title)].map(([title, members]) => ({
      title,
      rows: members.map((id) => ({
        id,
        name: names.get(id) ?? '',
        cells: scenarios.map((judged, index) => cellView(judged, index, id)),
      })),
    })),
  }
}

function cellView({ scenario, verdict }: JudgedScenario, index: number, id: string): CellView {
  const property = scenario.search?.properties.find((each) => each.id === id)
  if (property === undefined) return { tone: 'none', sign: '–', word: 'not judged', detail: '', anchor: '' }
  if (property.verdict !== 'violated') return { ...calmCell(property), anchor: '' }
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
    detail:
      property.conclusion === null
        ? `${quantity(property.violations, 'trial')}, ${quantity(property.triggers, 'trigger')}`
        : `over all trials, ${quantity(property.triggers, 'trigger')}`,
    anchor: finding === undefined ? '' : findingAnchor(index, place),
  }
}

function calmCell({ verdict, triggers }: PropertyResult): Omit<CellView, 'anchor'> {
  if (verdict === 'holds') return { tone: 'good', sign: '✓', word: 'holds', detail: quantity(triggers, 'trigger') }
  if (verdict === 'vacuous') return { tone: 'open', sign: '?', word: 'vacuous', detail: 'never triggered' }
  return { tone: 'none', sign: '–', word: 'not applicable', detail: '' }
}
