import { createHash } from 'node:crypto'
import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'
import { type PageView, pageView } from './page-view.ts'
import { pageTemplate, readStyles } from './templates.ts'
import { visibleView } from './visible-view.ts'

interface Page extends PageView {
  readonly styles: string
  readonly policy: string
}

const styles = readStyles()
const template = pageTemplate<Page>()
const stylesHash = createHash('sha256').update(styles).digest('base64')
const policy = `default-src 'none'; style-src 'sha256-${stylesHash}'; base-uri 'none'; form-action 'none'`

/**
 * Renders results as one self-contained page: it opens from disk, without a network, and has no script at all.
 *
 * The same results give the same bytes.
 *
 * @param environment where and when the run took place, shown apart; null leaves it out
 */
export function renderHtml(results: Results, environment: Environment | null): string {
  return template({ ...visibleView(pageView(results, environment)), styles, policy })
}
