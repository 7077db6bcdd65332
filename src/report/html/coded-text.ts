/** A piece of a text: code, or words. */
export interface TextPiece {
  readonly text: string
  readonly isCode: boolean
}

/** Takes a text apart at its pairs of backticks; one without a partner stays a character. */
export function codedText(text: string): TextPiece[] {
  const pieces = text.split(/`([^`]+)`/)
  return pieces
    .map((piece, index) => ({ text: piece, isCode: index % 2 === 1 }))
    .filter(({ text: words }) => words !== '')
}
