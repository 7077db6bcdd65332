import type { Environment } from '../results/environment-schema.ts'
import type { ReportFormat } from '../results/report-format.ts'
import type { Results } from '../results/results-schema.ts'
import { formatFiles } from './format-files.ts'
import { renderHtml } from './html/render-html.ts'
import { renderJunit } from './junit/render-junit.ts'
import { renderMarkdown } from './markdown/render-markdown.ts'

/**
 * The files of a report by name: all of them renderings of the same results.
 *
 * @param environment where the run took place, for what shows or needs it; null leaves it out
 * @param formats what the report holds besides what it always holds
 */
export function reportFiles(
  results: Results,
  environment: Environment | null,
  formats: readonly ReportFormat[] = [],
): Readonly<Record<string, string>> {
  return {
    'results.json': `${JSON.stringify(results, null, 2)}\n`,
    'index.html': renderHtml(results, environment),
    'junit.xml': renderJunit(results, environment?.folder),
    'summary.md': renderMarkdown(results),
    ...formatFiles(formats, results, environment),
    ...(environment === null ? {} : { 'environment.json': `${JSON.stringify(environment, null, 2)}\n` }),
  }
}
