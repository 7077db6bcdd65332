import { inertLines } from './inert-lines.ts'
import { visibleText } from './visible-text.ts'

/** Lines as a command prints them: nothing of what others wrote is unseen, and no line is an order to a CI service. */
export function printedText(text: string): string {
  return inertLines(visibleText(text))
}
