const letters = 'hK3tg6Zo5cWUSd7C'

/** Letters that bring a piece to a multiple of 16, so that an observer of encrypted traffic cannot tell pieces apart. */
export function obfuscation(pieceLetters: number): string {
  return letters.slice(pieceLetters % letters.length)
}
