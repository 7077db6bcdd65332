import { remedyOf } from '../../properties/remedies/remedy-of.ts'
import type { Finding } from '../../results/results-schema.ts'
import { quantity } from '../../results/quantity.ts'
import { findingFrequency } from '../../results/finding-frequency.ts'
import { causeWords } from '../finding-words.ts'
import type { PlacedFinding } from '../findings-in-order.ts'
import { replayLine } from '../replay-line.ts'
import { inSeconds } from '../../properties/virtual-time.ts'
import { violationPlace } from '../violation-place.ts'
import { visibleLine } from '../visible-text.ts'
import { capLines } from './cap-lines.ts'
import type { Paint } from './paint.ts'
import { cutText } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

/** Lines of a finding at most, the one that replays it included. */
const mostLines = 10
const mostAcceptanceLines = 1
const mostCauseLines = 3
const mostStepLines = 1

/** A finding in at most ten lines: the property, what went wrong, at which step, its smallest cause, the replay line. */
export function findingLines(
  { finding, judged: { scenario }, state, severity }: PlacedFinding,
  paint: Paint,
  columns: number,
): string[] {
  const { property, witness, token, accepted } = finding
  const known = scenario.search?.properties.find(({ id }) => id === property)?.name ?? ''
  const wrapped = (text: string): string[] => wrapText(visibleLine(text), '  ', columns)
  const acceptance =
    accepted === null ? [] : wrapped(`${state} (${accepted.owner}, until ${accepted.expires}): ${accepted.reason}`)
  const id = cutText(visibleLine(property), columns)
  const grade = severity === null ? '' : `${severity}  `
  const rest = cutText(visibleLine(`${known} in ${scenario.name}`), columns - grade.length - id.length - 1)
  const below = [
    ...capLines(stepOf(finding).flatMap(wrapped), mostStepLines, columns),
    ...causeLines(finding, wrapped, columns),
    ...capLines(acceptance, mostAcceptanceLines, columns),
    `  ${visibleLine(replayLine(token))}`,
  ]
  const violated = wrapped(`violated in ${findingFrequency(finding, scenario)}; in the replay: ${witness.sentence}`)
  const remedy = remedyOf(known)
  const mending = remedy === null ? [] : wrapped(`mend: ${remedy}`)
  // Half of an advice is none: it is there whole, or in the report alone.
  const hasRoom = 1 + violated.length + below.length + mending.length <= mostLines
  return [
    `${grade}${paint(state === 'accepted' ? 'inconclusive' : 'fail', id)} ${rest}`.trimEnd(),
    ...capLines(violated, mostLines - 1 - below.length, columns),
    ...below.slice(0, -1),
    ...(hasRoom ? mending : []),
    ...below.slice(-1),
  ]
}

/**
 * What the timeline has where the violation became certain, with the line of the agent's own code that made the call;
 * nothing where that was between its entries.
 */
function stepOf(finding: Finding): string[] {
  const { index, isProof } = violationPlace(finding)
  const entry = isProof ? finding.timeline[index] : undefined
  if (entry === undefined) return []
  const { code } = finding
  const from = code === undefined || code.call !== entry.call ? '' : `, made at ${code.file}:${code.line}`
  const call = entry.call === null ? '' : `call ${entry.call} `
  return [`step: ${call}at ${inSeconds(entry.at)}${from}, ${entry.text}`]
}

/** The faults of the smallest plan, as many as fit; the others are counted. */
function causeLines(finding: Finding, wrapped: (text: string) => string[], columns: number): string[] {
  const { plan } = finding
  if (plan.faults.length === 0) return wrapped('cause: none needed, it happens without any fault')
  const each = causeWords(finding).map((cause) => wrapped(`cause: ${cause}`))
  const all = each.flat()
  if (all.length <= mostCauseLines) return all
  const [first = []] = each
  const others = plan.faults.length - 1
  if (others === 0) return capLines(first, mostCauseLines, columns)
  return [...capLines(first, mostCauseLines - 1, columns), ...wrapped(`and ${quantity(others, 'other fault')}`)]
}
