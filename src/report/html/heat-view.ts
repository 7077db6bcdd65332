import { grouped, quantity } from '../../results/quantity.ts'
import type { ScenarioResult } from '../../results/results-schema.ts'
import type { Tally } from '../../results/tally.ts'
import { comparePropertyIds } from '../property-family.ts'
import { type Causes, type HeatCell, causesOf, cellWords, heatCell } from './heat-cell.ts'
import { heatChart } from './heat-chart.ts'

/** What came of each property where faults of each family struck, over all scenarios. */
export interface HeatView {
  readonly chart: string
  /** How much of what was asked for was put to the test. */
  readonly coverage: string
  readonly families: readonly { readonly name: string; readonly trials: string }[]
  readonly rows: readonly {
    readonly id: string
    readonly name: string
    readonly cells: readonly ReturnType<typeof cellWords>[]
  }[]
}

/** Adds up the searches of a run; null where none tells of it, as in results of earlier versions. */
export function heatView(scenarios: readonly ScenarioResult[]): HeatView | null {
  const searches = scenarios.flatMap(({ search }) => (search === null ? [] : [search]))
  const tallies = searches.map(({ tally }) => tally)
  const names = [...new Set(tallies.flatMap(({ exposure }) => Object.keys(exposure)))]
  if (names.length === 0) return null
  const properties = searches.flatMap((search) => search.properties)
  const nameOf = new Map(properties.map(({ id, name }) => [id, name]))
  const judged = new Set(
    tallies.flatMap(({ exposure }) => Object.values(exposure).flatMap((each) => Object.keys(each.judged))),
  )
  const causes = causesOf(scenarios.flatMap(({ findings }) => findings))
  const isViolated = (id: string): boolean =>
    names.some((family) => (cellOf(tallies, family, id, causes)?.violated ?? 0) > 0)
  const sorted = [...judged].toSorted(comparePropertyIds)
  const violated = sorted.filter(isViolated)
  // What is violated comes first: a narrow window shows the first columns only.
  const ids = [...violated, ...sorted.filter((id) => !isViolated(id))]
  const cells = names.map((family) => ids.map((id) => cellOf(tallies, family, id, causes)))
  return {
    chart: heatChart({ families: names, ids, violated: violated.length, cells }),
    coverage: coverageOf(searches, ids.length),
    families: names.map((name) => ({ name, trials: quantity(trialsOf(tallies, name), 'trial') })),
    rows: ids.map((id, column) => ({
      ...{ id, name: nameOf.get(id) ?? '' },
      cells: names.map((_, row) => cellWords(cells[row]?.[column] ?? null)),
    })),
  }
}

function cellOf(tallies: readonly Tally[], family: string, id: string, causes: Causes): HeatCell | null {
  const judged = sumOf(tallies, family, ({ judged: counts }) => counts, id)
  const violated = sumOf(tallies, family, (exposure) => exposure.violated, id)
  return judged === 0 ? null : heatCell(judged, violated, family, causes.get(id))
}

type Exposure = Tally['exposure'][string]

function sumOf(
  tallies: readonly Tally[],
  family: string,
  of: (exposure: Exposure) => Readonly<Record<string, number>>,
  id: string,
): number {
  return tallies.reduce((sum, { exposure }) => {
    const counts = Object.hasOwn(exposure, family) ? exposure[family] : undefined
    if (counts === undefined || !Object.hasOwn(of(counts), id)) return sum
    return sum + (of(counts)[id] ?? 0)
  }, 0)
}

function trialsOf(tallies: readonly Tally[], family: string): number {
  return tallies.reduce(
    (sum, { exposure }) => sum + (Object.hasOwn(exposure, family) ? (exposure[family]?.trials ?? 0) : 0),
    0,
  )
}

function coverageOf(searches: readonly NonNullable<ScenarioResult['search']>[], tested: number): string {
  const families = new Map<string, boolean>()
  for (const { family, delivered } of searches.flatMap((search) => search.families))
    families.set(family, (families.get(family) ?? false) || delivered > 0)
  const struck = [...families.values()].filter(Boolean).length
  const wanted = new Set(
    searches.flatMap(({ properties }) =>
      properties.flatMap(({ id, verdict }) => (verdict === 'not applicable' ? [] : [id])),
    ),
  )
  return `${grouped(struck)} of ${quantity(families.size, 'fault family', 'fault families')} struck. ${grouped(tested)} of ${quantity(wanted.size, 'property', 'properties')} that apply were put to the test while faults struck.`
}
