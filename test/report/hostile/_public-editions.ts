import { renderHtml } from '../../../src/report/html/render-html.ts'
import { renderJunit } from '../../../src/report/junit/render-junit.ts'
import { publicEdition } from '../../../src/report/public/public-edition.ts'
import { keptNames } from '../../../src/results/edition-schema.ts'
import type { Results } from '../../../src/results/results-schema.ts'
import { acts } from './_acts.ts'
import type { Told } from './_document.ts'
import { ownTexts, readStrictly } from './_strict-html.ts'

/** An edition that keeps every name that can be kept, and its page. */
export interface ReadEdition {
  readonly edition: Results
  readonly structure: readonly string[]
  /** Styles and scripts of the page. */
  readonly own: readonly string[]
}

/**
 * Makes the edition with names, and reads its page.
 *
 * @param like an edition of harmless words; null to make the first
 */
export function readEdition({ results }: Told, like: ReadEdition | null): ReadEdition {
  const edition = publicEdition(results, 'the bytes', keptNames)
  const page = renderHtml(edition, null)
  if (acts.test(page) || acts.test(renderJunit(edition))) throw new Error('edition: a character that acts')
  const own = like?.own ?? ownTexts(page)
  return { edition, own, structure: readStrictly(page, own).structure.toSorted() }
}

/** What is wrong with an edition without names: not a word of what others wrote may be in it. */
export function leaks({ results }: Told): string[] {
  const silent = JSON.stringify(publicEdition(results, 'the bytes'))
  return [...new Set(silent.match(/\bw\d+w /g))].map((mark) => `edition: ${mark}is in it`)
}

/** What is wrong with an edition with names: its page is made of the same elements, whatever they are. */
export function namedEditionFaults(told: Told, like: ReadEdition): string[] {
  const { structure } = readEdition(told, like)
  return structure.join('\n') === like.structure.join('\n') ? [] : ['edition: other elements']
}
