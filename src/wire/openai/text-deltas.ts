import { textPieces } from './text-pieces.ts'

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
