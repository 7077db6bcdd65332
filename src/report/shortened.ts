/**
 * Text of at most so many letters, with an ellipsis where it was longer: results.json holds it whole.
 *
 * Letters are code points, so that no pair is cut in half.
 */
export function shortened(text: string, letters: number): string {
  // No text has more letters than units: most need not be taken apart.
  if (text.length <= letters) return text
  const start = [...text.slice(0, 2 * letters)]
  return start.length <= letters && text.length <= 2 * letters ? text : `${start.slice(0, letters - 1).join('')}…`
}
