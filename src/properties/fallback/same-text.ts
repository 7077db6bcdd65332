/**
 * A text as it is compared: in Unicode form NFC, with every run of white space as one blank, and none at its ends.
 *
 * Agents trim what models say; that changes no word.
 */
export function plainText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}

/** Whether two texts say the same words. */
export function sameText(one: string, other: string): boolean {
  return one === other || plainText(one) === plainText(other)
}
