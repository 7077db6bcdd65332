import { textPieces } from '../openai/text-pieces.ts'

const obfuscationLetters = 'hK3tg6Zo5cWUSd7C'

/** A text in the pieces in which it is streamed, of so many tokens each. */
export function textDeltas(text: string, tokensPerChunk = 1): readonly string[] {
  const pieces = textPieces(text)
  if (tokensPerChunk <= 1) return pieces
  const deltas: string[] = []
  for (let at = 0; at < pieces.length; at += tokensPerChunk) {
    deltas.push(pieces.slice(at, at + tokensPerChunk).join(''))
  }
  return deltas
}

/** Letters that bring a piece to a multiple of 16, so that an observer of encrypted traffic cannot tell pieces apart. */
export function obfuscation(letters: number): string {
  return obfuscationLetters.slice(letters % obfuscationLetters.length)
}
