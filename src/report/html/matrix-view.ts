import { quantity } from '../../results/quantity.ts'
import type { PropertyResult } from '../../results/results-schema.ts'
import { comparePropertyIds, propertyFamily } from '../property-family.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { type CellView, matrixCell } from './matrix-cell.ts'

/** Scenarios side by side in one table: more do not fit on paper. */
const mostColumns = 10

/** Scenarios whose names and whole words still fit beside each other on paper. */
const mostWordyColumns = 4

/** Rows that a reader takes in at a glance. */
const glance = 6

interface PropertyName {
  readonly id: string
  readonly name: string
}

/** Properties of one family. */
interface Group<Member> {
  readonly title: string
  readonly rows: readonly Member[]
}

/** One table of properties by scenarios. */
export interface MatrixPart {
  /** What the table is called by those who do not see it. */
  readonly label: string
  readonly columns: readonly { readonly number: number; readonly name: string; readonly anchor: string }[]
  /** Columns and the one of the row headers. */
  readonly width: number
  /** Whether paper has room for numbers and brief cells only. */
  readonly isCompact: boolean
  /** The properties that do not hold somewhere. */
  readonly groups: readonly Group<MatrixRow>[]
  /** The others, which are most of the rows; null where there are none. */
  readonly calm: {
    readonly summary: string
    readonly isOpen: boolean
    readonly groups: readonly Group<MatrixRow>[]
  } | null
}

interface MatrixRow extends PropertyName {
  readonly cells: readonly CellView[]
}

/** What was judged where, and how it came out. */
export interface MatrixView {
  readonly parts: readonly MatrixPart[]
  /** The properties that apply nowhere: they would be most of the rows, and say nothing of the agent. */
  readonly inapplicable: { readonly summary: string; readonly groups: readonly Group<PropertyName>[] } | null
}

/** The tables of scenarios and properties, as few and as short as they can be without leaving anything out. */
export function matrixView(scenarios: readonly JudgedScenario[]): MatrixView {
  const byId = Map.groupBy(
    scenarios.flatMap(({ scenario }) => scenario.search?.properties ?? []),
    ({ id }) => id,
  )
  const ids = [...byId.keys()].toSorted(comparePropertyIds)
  const says = (id: string): boolean => (byId.get(id) ?? []).some(({ verdict }) => verdict !== 'not applicable')
  const name = (id: string): PropertyName => ({ id, name: byId.get(id)?.at(-1)?.name ?? '' })
  const silent = ids.filter((id) => !says(id)).map(name)
  const size = Math.ceil(scenarios.length / Math.ceil(scenarios.length / mostColumns))
  const numbered = scenarios.map((judged, index) => ({ judged, index }))
  const rows = ids.filter(says).map(name)
  return {
    parts: chunks(numbered, size)
      .map((columns) => matrixPart(columns, rows, scenarios.length))
      .filter(({ groups, calm }) => groups.length > 0 || calm !== null),
    inapplicable:
      silent.length === 0
        ? null
        : { summary: inapplicableSummary(silent.length, ids.length), groups: groupsOf(silent) },
  }
}

interface NumberedScenario {
  readonly judged: JudgedScenario
  readonly index: number
}

function matrixPart(columns: readonly NumberedScenario[], names: readonly PropertyName[], of: number): MatrixPart {
  const judged = new Set(columns.flatMap(({ judged: { scenario } }) => scenario.search?.properties.map(idOf) ?? []))
  const rows = names
    .filter(({ id }) => judged.has(id))
    .map((each) => ({ ...each, cells: columns.map(({ judged: one, index }) => matrixCell(one, index, each.id)) }))
  const [first = 0, last = 0] = [columns.at(0)?.index, columns.at(-1)?.index]
  return {
    label: `Properties by scenario${columns.length === of ? '' : `, scenarios ${first + 1} to ${last + 1}`}`,
    columns: columns.map(({ judged: { scenario }, index }) => ({
      ...{ number: index + 1, name: scenario.name, anchor: `scenario-${index + 1}` },
    })),
    width: columns.length + 1,
    isCompact: columns.length > mostWordyColumns,
    groups: groupsOf(rows.filter((row) => !isCalm(row))),
    calm: calmPart(rows.filter(isCalm)),
  }
}

/** Whether a property holds wherever it applies and was judged. */
function isCalm({ cells }: MatrixRow): boolean {
  return cells.every(({ tone }) => tone === 'good' || tone === 'none')
}

function calmPart(rows: readonly MatrixRow[]): MatrixPart['calm'] {
  if (rows.length === 0) return null
  const holds = rows.length === 1 ? 'holds wherever it applies' : 'hold wherever they apply'
  return {
    summary: `${quantity(rows.length, 'property', 'properties')} ${holds}`,
    isOpen: rows.length <= glance,
    groups: groupsOf(rows),
  }
}

function inapplicableSummary(count: number, of: number): string {
  const subject = `${count} of ${quantity(of, 'property', 'properties')}`
  return `${subject} ${count === 1 ? 'is' : 'are'} not applicable wherever ${count === 1 ? 'it is' : 'they are'} judged`
}

function groupsOf<Member extends PropertyName>(rows: readonly Member[]): readonly Group<Member>[] {
  return [...Map.groupBy(rows, ({ id }) => propertyFamily(id).title)].map(([title, members]) => ({
    title,
    rows: members,
  }))
}

function idOf({ id }: PropertyResult): string {
  return id
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return items.length === 0 ? [] : [items.slice(0, size), ...chunks(items.slice(size), size)]
}
