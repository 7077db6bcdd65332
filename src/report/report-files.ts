import type { Environment } from '../results/environment-schema.ts'
import type { Results } from '../results/results-schema.ts'
import { renderHtml } from './html/render-html.ts'
import { renderJunit } from './junit/render-junit.ts'
import { renderMarkdown } from './markdown/render-markdown.ts'

/** The files of a report by name: all of them renderings of the same results. */
export function reportFiles(results: Results, environment: Environment | null): Readonly<Record<string, string>> {
  return {
    'results.json': `${JSON.stringify(results, null, 2)}\n`,
    'index.html': renderHtml(results, environment),
    'junit.xml': renderJunit(results),
    'summary.md': renderMarkdown(results),
    ...(environment === null ? {} : { 'environment.json': `${JSON.stringify(environment, null, 2)}\n` }),
  }
}
