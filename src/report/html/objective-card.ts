import { quantity } from '../../results/quantity.ts'
import { countPromises } from '../measure/promise.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { type AgainstView, againstView } from './against-view.ts'
import { type ObjectiveGroup, type ObjectiveRow, objectiveGroups, whereSeen, worstFirst } from './objective-groups.ts'

/** A row of cards in a wide window, and a second one where so many objectives are not met. */
const calmCards = 4
const mostCards = 8

/** A service level objective under its worst condition: what is wanted, what was seen, how sure that is, what is left. */
export interface ObjectiveCard extends ObjectiveRow {
  readonly title: string
  /** `under tool failures, the worst of 5 conditions`. */
  readonly where: string
  /** Whose it is; empty where one scenario alone has any. */
  readonly scenario: string
  readonly anchor: string
  /** The gravest thing that the search found of the same agent; null for nothing. */
  readonly against: AgainstView['findings'][number] | null
}

/** The objectives of a run on its first screen. */
export interface ObjectiveCards {
  /** `12 objectives by the worst condition: 2 missed, 10 met`. */
  readonly count: string
  /** What other renderings count, where objectives have several conditions; empty otherwise. */
  readonly verdicts: string
  /** Where the page says what each interval means; empty where no card has one. */
  readonly intervals: string
  readonly cards: readonly ObjectiveCard[]
  /** Said where there are more; empty otherwise. */
  readonly more: string
}

/** The objectives of a run as cards, the worst first: one for each, whatever the number of its conditions. */
export function objectiveCards(scenarios: readonly JudgedScenario[]): ObjectiveCards {
  const having = scenarios.flatMap((judged, index) => {
    const { name, measure } = judged.scenario
    const against = againstView(judged, index)?.findings[0] ?? null
    const groups = measure === null ? [] : objectiveGroups(measure, index)
    return groups.length === 0 ? [] : [{ name, groups, against, anchor: `scenario-${index + 1}-measure` }]
  })
  const cards = having
    .flatMap(({ name, groups, against }) =>
      groups.map((group) => ({ ...objectiveCard(group, having.length > 1 ? name : ''), against })),
    )
    .toSorted(worstFirst)
  const rows = having.flatMap(({ groups }) => groups.flatMap((group) => group.rows))
  const unmet = cards.filter(({ outcome }) => outcome !== 'kept').length
  const shown = unmet > calmCards ? mostCards : calmCards
  const more = cards.length - shown
  return {
    count: `${quantity(cards.length, 'objective')} by the worst condition: ${countPromises(cards)}`,
    verdicts:
      rows.length === cards.length ? '' : `Each is judged under each of its conditions: ${countPromises(rows)}.`,
    intervals: cards.some(({ interval }) => interval !== '') ? (having[0]?.anchor ?? '') : '',
    cards: cards.slice(0, shown),
    more: more > 0 ? `${quantity(more, 'more objective')} in the sections of the scenarios.` : '',
  }
}

function objectiveCard({ title, anchor, rows }: ObjectiveGroup, scenario: string): Omit<ObjectiveCard, 'against'> {
  return { ...rows[0], title, anchor, scenario, where: whereSeen(rows) }
}
