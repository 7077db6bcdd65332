import { unseen } from './visible-text.ts'

/**
 * A value as the JSON that a command prints, which may go to a terminal or to the log of a CI service.
 *
 * The value stays the same; what would act there is escaped: characters that are not seen, as control codes and
 * reversals of direction, and orders such as `##[…]`. No line of JSON starts with a colon.
 */
export function printedJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2)
  return `${json.replace(unseen, (found) => (found === '\n' ? found : escaped(found))).replace(/##(?=\w*\[)/g, String.raw`#\u0023`)}\n`
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => String.raw`\u` + character.charCodeAt(index).toString(16).padStart(4, '0'),
  ).join('')
}
