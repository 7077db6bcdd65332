/** A piece of a text: code, or words. */
export interface TextPiece {
  readonly text: string
  readonly isCode: boolean
}

/** A name between backticks; anything else between them is text like any other, and keeps them. */
const named = /`([A-Za-z][\w.-]*)`/

/** Takes a text apart at the names that it has between backticks. */
export function codedText(text: string): TextPiece[] {
  return text
    .split(named)
    .map((piece, index) => ({ text: piece, isCode: index % 2 === 1 }))
    .filter(({ text: words }) => words !== '')
}
