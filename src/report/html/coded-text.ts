import { propertyById } from '../../properties/properties.ts'

/** A piece of a text: code, or words. */
export interface TextPiece {
  readonly text: string
  readonly isCode: boolean
}

/** A name between backticks. */
const named = /`([A-Za-z][\w.-]*)`/

/**
 * Takes the statement of a property apart at the names that it has between backticks.
 *
 * Only of the properties of this project: what others write marks nothing up, whatever is in it.
 */
export function codedStatement(id: string, statement: string): TextPiece[] {
  const pieces = propertyById(id)?.statement === statement ? statement.split(named) : [statement]
  return pieces.map((piece, index) => ({ text: piece, isCode: index % 2 === 1 })).filter(({ text }) => text !== '')
}

/** Takes words of this project apart at what they have between backticks; for no others, as theirs mark nothing up. */
export function codedWords(words: string): TextPiece[] {
  return words
    .split(/`([^`]+)`/)
    .map((piece, index) => ({ text: piece, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== '')
}
