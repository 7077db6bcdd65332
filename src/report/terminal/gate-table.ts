import { percent } from '../../results/percent.ts'
import type { GateOutlook } from '../../results/doctor/check.ts'
import { visibleLine } from '../visible-text.ts'
import { padText, textWidth } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

/** A gate with what stands before it and is below it; all of a table are told of the same agents. */
export interface GateRow {
  readonly gate: GateOutlook
  /** As wide as the indent of the table. */
  readonly label: string
  /** What to do about it; null where all is well. */
  readonly remedy: string | null
}

const shareWidth = '100.00 %'.length
const gap = '   '

/**
 * The chances of gates as a table: a row for each, and two columns for each agent, under a sentence that says what they are.
 *
 * Where the terminal is too narrow, the words of a gate have a line of their own.
 */
export function gateTable(rows: readonly GateRow[], title: string, indent: number, columns: number): string[] {
  const agents = (rows[0]?.gate.chances ?? []).map(({ agentFails }) => agentFails)
  const words = rows.map(({ gate }) => visibleLine(gate.words))
  const figures = rows.map(({ gate }) => gate.chances.map(chanceCells).join(gap))
  const wordsWidth = Math.max(...words.map(textWidth))
  const isBeside = indent + wordsWidth + gap.length + textWidth(figures[0] ?? '') <= columns
  const before = ' '.repeat(isBeside ? indent + wordsWidth + gap.length : indent)
  const lines = rows.flatMap(({ label, remedy }, row) => {
    const [name = '', chances = ''] = [words[row], figures[row]]
    const own = isBeside
      ? [`${label}${padText(name, wordsWidth)}${gap}${chances}`]
      : [label + wrapText(name, ' '.repeat(indent), columns).join('\n').slice(indent), before + chances]
    return [
      ...own,
      ...(remedy === null ? [] : wrapText(`Remedy: ${visibleLine(remedy)}.`, ' '.repeat(indent), columns)),
    ]
  })
  return [
    ...wrapText(visibleLine(title), ' '.repeat(indent), columns),
    before + agents.map((agent) => padText(agent, 2 * shareWidth + 2)).join(gap),
    before + agents.map(() => `${'passes'.padStart(shareWidth)}  ${'fails'.padStart(shareWidth)}`).join(gap),
    ...lines,
  ].map((line) => line.trimEnd())
}

function chanceCells({ passed, failed }: GateOutlook['chances'][number]): string {
  return [passed, failed].map((share) => percent(share).padStart(shareWidth)).join('  ')
}
