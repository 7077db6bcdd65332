import { createHash } from 'node:crypto'
import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'
import type { Trends } from '../../results/trends/trends.ts'
import { boundedTexts } from '../bounded-texts.ts'
import { withCellLabels } from './cell-labels.ts'
import { type PageView, pageView } from './page-view.ts'
import { reasonViews } from './reason-links.ts'
import { pageTemplate, readScript, readStyles } from './templates.ts'
import { visibleView } from './visible-view.ts'

interface Page extends PageView {
  readonly styles: string
  readonly script: string
  readonly policy: string
}

const styles = readStyles()
const template = pageTemplate<Page>()
const script = readScript()
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(styles)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * Renders results as one self-contained page: it opens from disk, without a network. It is complete without its
 * script, which filters, unfolds and copies.
 *
 * The same results give the same bytes.
 *
 * @param environment where and when the run took place, shown apart; null leaves it out
 * @param trends over earlier runs; null where there are none
 */
export function renderHtml(results: Results, environment: Environment | null, trends: Trends | null = null): string {
  const reasons = boundedTexts(reasonViews(results))
  const view = pageView(boundedTexts(results), boundedTexts(environment), boundedTexts(trends), reasons)
  return withCellLabels(
    template({
      ...visibleView(view),
      styles,
      script,
      policy,
    }),
  )
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`
}
