import { shortened } from '../shortened.ts'
import { visibleText } from '../visible-text.ts'

/** Letters that a message may take; results.json holds it whole. */
const mostLetters = 4_000

/**
 * Text of unknown origin as a plain text message of SARIF (2.1.0, 3.11): braces are doubled, because a single one begins
 * a placeholder, and brackets before a parenthesis are set apart, because together they are a link.
 */
export function sarifText(text: string): string {
  return shortened(visibleText(text), mostLetters).replace(/[{}]/g, '$&$&').replaceAll('](', '] (')
}
