import { visibleText } from './visible-text.ts'

/**
 * A document of JSON in which every text is visible: what reads it may show it, or keep it in a database that refuses
 * NULs and halves of pairs.
 */
export function visibleJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, each: unknown) => (typeof each === 'string' ? visibleText(each) : each), 2)}\n`
}
