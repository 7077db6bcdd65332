import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'
import { renderMarkdown } from './render-markdown.ts'

/** Where a comment begins: by it a later run finds the comment again. Not shown, and not written by any agent. */
export function commentMarker(key: string): string {
  return `<!-- shakedown report: ${key} -->`
}

/**
 * The summary of a run as the body of a comment that later runs replace.
 *
 * @param environment where and when the run took place; null where nobody kept it
 * @param key letters, digits, `.`, `_` and `-`: several jobs of one pull request have a comment each
 */
export function renderComment(results: Results, environment: Environment | null, key: string): string {
  return `${commentMarker(key)}\n${renderMarkdown(results, environment)}`
}
