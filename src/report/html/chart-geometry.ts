import Handlebars from 'handlebars'
import { visibleLine } from '../visible-text.ts'

/** Pixels left of the lanes, for their names. */
export const labelWidth = 176
/** Pixels above the first lane. */
export const top = 44
export const laneHeight = 30
const labelLetters = 24

/** The vertical middle of a lane, in pixels. */
export function middle(lane: number): number {
  return top + lane * laneHeight + laneHeight / 2
}

/** Text of unknown origin for the inside of a drawing. */
export function escapeText(text: string): string {
  return Handlebars.escapeExpression(visibleLine(text))
}

/** The name of a lane, shortened to the room that it has. */
export function laneLabel(name: string): string {
  const letters = [...visibleLine(name)]
  return escapeText(
    letters.length > labelLetters ? `${letters.slice(0, labelLetters - 1).join('')}…` : letters.join(''),
  )
}
