import { createRequire } from 'node:module'

/** Encoding a word costs the square of its length, and hostile text is one long word: it is counted in pieces. */
const pieceChars = 4_000
/** `<|endoftext|>` and its like are counted as the text that somebody wrote, where the encoder would refuse them. */
const plainText = { disallowedSpecial: new Set<string>() }
const rememberedTexts = 2_000

type CountTokens = (text: string, options: { readonly disallowedSpecial: Set<string> }) => number

let encoder: CountTokens | undefined
const remembered = new Map<string, number>()

/**
 * Tokens of a text in `o200k_base`, the encoding of OpenAI's current models.
 *
 * A text of more than 4 000 characters may be counted as a token or two more for each 4 000. The encoder's tables are
 * large: they are loaded with the first count.
 */
export function textTokens(text: string): number {
  const known = remembered.get(text)
  if (known !== undefined) return known
  let tokens = 0
  for (const piece of piecesOf(text)) tokens += countTokens(piece)
  if (remembered.size >= rememberedTexts) remembered.clear()
  remembered.set(text, tokens)
  return tokens
}

function countTokens(text: string): number {
  encoder ??= loadEncoder()
  return encoder(text, plainText)
}

/** Loaded without a wait, so that counting is a plain function. */
function loadEncoder(): CountTokens {
  const load: (name: string) => { readonly countTokens: CountTokens } = createRequire(import.meta.url)
  return load('gpt-tokenizer/encoding/o200k_base').countTokens
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const to = from + pieceChars
    const end = /[\uD800-\uDBFF]/.test(text.charAt(to - 1)) ? to - 1 : to
    yield text.slice(from, end)
    from = end
  }
}
