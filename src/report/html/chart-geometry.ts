import Handlebars from 'handlebars'
import { visibleLine } from '../visible-text.ts'

/** Pixels left of the lanes, for their names. */
export const labelWidth = 176
/** Pixels above the first lane. */
export const top = 44
export const laneHeight = 34
const labelLetters = 24
/** Pixels of a letter of middling width. */
const labelLetterWidth = 6.7

/** Pixels for the longest of some names of lanes. */
export function labelRoom(names: readonly string[]): number {
  const longest = Math.max(0, ...names.map((name) => Math.min([...visibleLine(name)].length, labelLetters)))
  return Math.min(labelWidth, Math.ceil(longest * labelLetterWidth) + 16)
}

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
