import type { Status } from '../../results/results-schema.ts'

/** SGR codes (ECMA-48): bold, then the colour of each status. */
const bold = 1
const colours: Readonly<Record<Status, number>> = { pass: 32, fail: 31, inconclusive: 33, 'harness failure': 35 }

/** Writes text in the colour of a status; hands it back as it is where colours are off. */
export type Paint = (status: Status, text: string) => string

/** A painter for a terminal that understands colours, or for one that does not. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_status, text) => text
  return (status, text) => `\u001b[${bold};${colours[status]}m${text}\u001b[0m`
}
