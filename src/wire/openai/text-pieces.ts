import { countablePieces } from './countable-pieces.ts'
import { o200kEncoding } from './o200k-encoding.ts'
import { plainText } from './tokenizer.ts'

/** Pieces by text. A pure function's results, so that keeping them leaks no state between trials. */
const split = new Map<string, readonly string[]>()
const rememberedTexts = 5_000

/**
 * A text in the pieces in which a model produces it: its tokens.
 *
 * A token may end inside a character; such a piece waits for the rest of it, as the service's do.
 */
export function textPieces(text: string): readonly string[] {
  let pieces = split.get(text)
  if (pieces === undefined) {
    const { decodeGenerator, encode } = o200kEncoding()
    pieces = [...countablePieces(text)].flatMap((piece) => [...decodeGenerator(encode(piece, plainText))])
    // Half a surrogate pair has no tokens of its own.
    if (pieces.join('') !== text) pieces = [text]
    if (split.size >= rememberedTexts) split.clear()
    split.set(text, pieces)
  }
  return pieces
}
