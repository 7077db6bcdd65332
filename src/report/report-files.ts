import type { Environment } from '../results/environment-schema.ts'
import type { ReportFormat } from '../results/report-format.ts'
import type { Results } from '../results/results-schema.ts'
import { formatFiles } from './format-files.ts'
import type { Trends } from '../results/trends/trends.ts'
import { renderHtml } from './html/render-html.ts'
import { renderJunit } from './junit/render-junit.ts'
import { pictureFiles } from './picture/picture-files.ts'
import { renderMarkdown } from './markdown/render-markdown.ts'

/**
 * The files of a report by name: all of them renderings of the same results.
 *
 * @param environment where the run took place, for what shows or needs it; null leaves it out
 * @param formats what the report holds besides what it always holds
 * @param trends over earlier runs; null where there are none
 */
export function reportFiles(
  results: Results,
  environment: Environment | null,
  formats: readonly ReportFormat[] = [],
  trends: Trends | null = null,
): Readonly<Record<string, string>> {
  return {
    'results.json': `${JSON.stringify(results, null, 2)}\n`,
    'index.html': renderHtml(results, environment, trends),
    'junit.xml': renderJunit(results, environment?.folder),
    'summary.md': renderMarkdown(results, environment, trends),
    ...(trends === null ? {} : { 'trends.json': `${JSON.stringify(trends, null, 2)}\n` }),
    ...formatFiles(formats, results, environment),
    ...(environment === null ? {} : { 'environment.json': `${JSON.stringify(environment, null, 2)}\n` }),
  }
}

/** Files that an earlier report may have left in the same folder, and that are not true of this one. */
export function outdatedFiles(trends: Trends | null): readonly string[] {
  return [...(trends === null ? ['trends.json'] : []), ...Object.values(pictureFiles)]
}
