import type { ReadPage } from './_read-html.ts'
import { resolved } from './_entities.ts'

/** What a page may be made of where every reader must find the same in it: no comment, no quote but `"`, no stray `<`. */
const piece =
  /<!doctype html>|<\/[a-z][a-z\d]*>|<(?<name>[a-z][\w-]*)(?<attributes>(?: [a-zA-Z][\w:-]*(?:="[^"<>]*")?)*) ?\/?>|(?<text>[^<>]+)/gy
const attribute = / ([a-zA-Z][\w:-]*)(?:="([^"]*)")?/g

/**
 * Reads a page that is written so strictly that there is one way to read it.
 *
 * @param own what stands in its styles and scripts, to the letter: their hash is in the page's policy
 * @throws {Error} where it is written in any other way
 */
export function readStrictly(page: string, own: readonly string[]): ReadPage {
  const bare = own.reduce((rest, text) => rest.replace(text, () => ''), page)
  const [structure, attributes, texts]: [string[], (readonly [string, string])[], string[]] = [[], [], []]
  let end = 0
  for (const { 0: whole, index, groups = {} } of bare.matchAll(piece)) {
    end = index + whole.length
    const { name, attributes: written = '', text } = groups
    if (text !== undefined) texts.push(text)
    if (name === undefined) continue
    const named = [...written.matchAll(attribute)].map(([, key = '', value = '']) => [key, resolved(value)] as const)
    attributes.push(...named)
    structure.push(`element ${name} ${named.map(([key]) => key).join(' ')}`)
  }
  if (end !== bare.length) throw new Error(`the page is not strictly written at ${bare.slice(end, end + 80)}`)
  return { structure, attributes, text: resolved(texts.join(' ')) }
}

/** What stands in the styles and scripts of a page. */
export function ownTexts(page: string): string[] {
  return [...page.matchAll(/<(style|script)>([^]*?)<\/\1>/g)].map(([, , text = '']) => text)
}
