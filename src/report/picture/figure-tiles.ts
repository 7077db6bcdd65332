import { grouped, quantity } from '../../results/quantity.ts'
import type { Results } from '../../results/results-schema.ts'
import { findingState } from '../finding-state.ts'
import { runTotals } from '../run-totals.ts'
import { scenarioVerdicts } from '../scenario-verdicts.ts'
import { leftColumn } from './picture-size.ts'
import { faint, ink, textAt } from './picture-text.ts'

const { x, width } = leftColumn
const gap = 20
const height = 150

interface Tile {
  readonly label: string
  readonly figure: string
  readonly detail: string
}

/** How much was tried and what came of it, in four figures. */
export function figureTiles(results: Results, top: number): string[] {
  const tiles = tilesOf(results)
  const each = (width - gap * (tiles.length - 1)) / tiles.length
  return tiles.flatMap(({ label, figure, detail }, index) => {
    const left = x + index * (each + gap)
    const inside = each - 40
    return [
      `<rect x="${left}" y="${top}" width="${each}" height="${height}" rx="8" fill="#f4f6f8"/>`,
      textAt(left + 20, top + 36, label, { size: 18, colour: faint }, inside),
      textAt(left + 20, top + 88, figure, { size: 42, colour: ink, isBold: true }, inside),
      textAt(left + 20, top + 124, detail, { size: 16, colour: faint }, inside),
    ]
  })
}

function tilesOf(results: Results): Tile[] {
  const { trials, delivered, scenarios } = runTotals(results)
  const properties = results.scenarios.flatMap(({ search }) => search?.properties ?? [])
  const count = (verdict: string): number => properties.filter((each) => each.verdict === verdict).length
  const states = scenarioVerdicts(results).flatMap(({ scenario, verdict }) =>
    scenario.findings.map((finding) => findingState(finding, verdict)),
  )
  const accepted = states.filter((state) => state === 'accepted').length
  const vacuous = count('vacuous')
  return [
    { label: 'Trials', figure: grouped(trials), detail: `in ${quantity(scenarios, 'scenario')}` },
    { label: 'Faults delivered', figure: grouped(delivered), detail: 'calls that were struck' },
    {
      label: 'Properties that hold',
      figure: `${count('holds')} of ${count('holds') + count('violated') + vacuous}`,
      detail: vacuous === 0 ? 'all put to the test' : `${vacuous} never put to the test`,
    },
    {
      label: 'Findings',
      figure: grouped(states.length - accepted),
      detail: accepted === 0 ? 'none accepted' : `and ${accepted} accepted`,
    },
  ]
}
