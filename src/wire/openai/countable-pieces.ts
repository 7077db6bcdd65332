/** The encoder takes the square of a word's length: 80,000 letters in a row are seconds, a megabyte of them minutes. */
const longestWord = 500

/** What `o200k_base` takes for one word, where it is longer than any word that somebody means. */
const endlessWords = new RegExp(
  [String.raw`[\p{L}\p{M}]`, String.raw`[^\s\p{L}\p{N}]`, String.raw`\s`]
    .map((characters) => `${characters}{${longestWord},}`)
    .join('|'),
  'gu',
)

/**
 * A text in pieces that the encoder can count in good time: the text itself, unless words of it never end.
 *
 * A piece of an endless word may count as a token or two more than it does inside the word.
 */
export function* countablePieces(text: string): Generator<string> {
  if (text.length < longestWord) {
    yield text
    return
  }
  let from = 0
  for (const { index, 0: word } of text.matchAll(endlessWords)) {
    if (index > from) yield text.slice(from, index)
    yield* cut(word)
    from = index + word.length
  }
  if (from < text.length) yield text.slice(from)
}

/** Cuts between characters, never inside one. */
function* cut(word: string): Generator<string> {
  for (let from = 0; from < word.length;) {
    const to = from + longestWord
    const end = /[\uD800-\uDBFF]/.test(word.charAt(to - 1)) ? to - 1 : to
    yield word.slice(from, end)
    from = end
  }
}
