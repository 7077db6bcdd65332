/**
 * Text of at most so many letters, with an ellipsis where it was longer: results.json holds it whole.
 *
 * Letters are code points, so that no pair is cut in half.
 */
export function shortened(text: string, letters: number): string {
  // No text has more letters than units: most need not be counted.
  if (text.length <= letters || unitsOf(text, letters) === text.length) return text
  return `${text.slice(0, unitsOf(text, letters - 1))}…`
}

/** Units of UTF-16 that the first letters of a text take: counted, because texts are too long to be taken apart. */
function unitsOf(text: string, letters: number): number {
  let units = 0
  for (let letter = 0; letter < letters && units < text.length; letter += 1) {
    units += (text.codePointAt(units) ?? 0) > 0xff_ff ? 2 : 1
  }
  return units
}
