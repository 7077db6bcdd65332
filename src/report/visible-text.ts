/**
 * Controls, invisible formats (bidirectional overrides, zero widths, tags), odd line ends, halves of pairs, U+FFFE, and
 * what is drawn as nothing (fillers, joiners, variation selectors but those of emoji).
 */
export const unseen =
  /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Text of unknown origin with everything that a reader could not see spelled out, `⟨U+202E⟩`.
 *
 * What agents and models print is hostile: it may move the cursor, turn the direction of writing, or hide words.
 * Line feeds and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) =>
    character === '\n' || character === '\t' ? character : spelled(character),
  )
}

/** The same on one line: line feeds and tabs are spelled out too. */
export function visibleLine(text: string): string {
  return text.replace(unseen, spelled)
}

function spelled(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
