import { grouped } from '../../results/quantity.ts'
import { type ObjectiveCard, objectiveCards } from '../html/objective-card.ts'
import type { JudgedScenario } from '../scenario-verdicts.ts'
import { leftColumn } from './picture-size.ts'
import { faint, textAt, widthOf } from './picture-text.ts'
import { pictureTone } from './picture-tones.ts'

const mostRows = 4
const rowHeight = 84
const { x, width } = leftColumn
/** Columns within a row. */
const [titleX, seenX, budgetX] = [x + 180, x + 520, x + 780]
const budgetWidth = x + width - budgetX
const heading = { size: 26, isBold: true } as const
const title = 'Service levels'

/** The service levels, the missed ones first: what is wanted, what was seen with its interval, and the budget that is left. */
export function levelsPanel(judged: readonly JudgedScenario[], top: number): string[] {
  const { cards, count } = objectiveCards(judged)
  const shown = cards.slice(0, mostRows)
  const measures = judged.flatMap(({ scenario: { measure } }) => (measure === null ? [] : [measure]))
  const all = measures.reduce((sum, { objectives, repeatGates }) => sum + objectives.length + repeatGates.length, 0)
  const counted = x + widthOf(title, heading) + 20
  const rest = all > shown.length ? [`${grouped(all - shown.length)} more in the report`] : []
  return [
    textAt(x, top, title, heading),
    textAt(counted, top, cards.length === 0 ? 'none was set' : count, { size: 20, colour: faint }, 400),
    ...rest.map((text) => textAt(x + width, top, text, { size: 17, colour: faint, anchor: 'end' })),
    ...shown.flatMap((card, index) => rowOf(card, top + 22 + index * rowHeight)),
  ]
}

function rowOf(
  { sign, word, tone, title: wanted, condition, scenario, observed, interval, counted, budget }: ObjectiveCard,
  y: number,
): string[] {
  const { strong } = pictureTone(tone)
  const where = [condition, scenario].filter((part) => part !== '').join(' · ')
  const detail = interval === '' ? counted : `95 %: ${interval}`
  return [
    `<line x1="${x}" x2="${x + width}" y1="${y}" y2="${y}" stroke="#d5dae0"/>`,
    `<rect x="${x}" y="${y + 14}" width="6" height="${rowHeight - 28}" fill="${strong}"/>`,
    textAt(x + 20, y + 36, `${sign} ${word}`, { size: 18, colour: strong, isBold: true }, titleX - x - 34),
    textAt(titleX, y + 36, wanted, { size: 20, isBold: true }, seenX - titleX - 20),
    textAt(titleX, y + 63, where, { size: 17, colour: faint }, seenX - titleX - 20),
    textAt(seenX, y + 36, observed, { size: 20, isBold: true }, 250),
    textAt(seenX, y + 63, detail, { size: 17, colour: faint }, 250),
    ...(budget === null ? [] : budgetBar(budget, y)),
  ]
}

function budgetBar({ words, tone, width: share }: NonNullable<ObjectiveCard['budget']>, y: number): string[] {
  const { strong, soft } = pictureTone(tone)
  const filled = Math.round((budgetWidth * share) / 100)
  return [
    `<rect x="${budgetX}" y="${y + 24}" width="${budgetWidth}" height="14" rx="7" fill="${soft}" stroke="${strong}" stroke-opacity="0.4"/>`,
    ...(filled === 0
      ? []
      : [`<rect x="${budgetX}" y="${y + 24}" width="${filled}" height="14" rx="7" fill="${strong}"/>`]),
    textAt(budgetX, y + 63, `budget: ${words}`, { size: 17, colour: faint }, budgetWidth),
  ]
}
