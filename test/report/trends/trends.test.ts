import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import type { DatedResults } from '../../../src/results/trends/trends.ts'
import { trendsOf } from '../../../src/results/trends/trends-of.ts'
import { type Night, nightly } from '../../results/trends/_runs.ts'
import { hostile } from '../_sample.ts'

/** The three renderings of the last of these runs after the others. */
function rendered(runs: readonly DatedResults[], unreadable = '') {
  const current = { ...(runs.at(-1) as DatedResults), name: 'this run' }
  const leftOut = unreadable === '' ? [] : [{ name: unreadable, scenario: null, sentence: unreadable }]
  const trends = trendsOf(current, { runs: runs.slice(0, -1), unreadable: leftOut })
  const { results } = current
  return {
    page: renderHtml(results, null, trends),
    summary: renderMarkdown(results, null, trends),
    terminal: renderTerminal(results, { colour: false, columns: 200 }, trends),
  }
}

const nights: readonly Night[] = [
  { day: 1, solved: 1_990, retries: 'violated' },
  { day: 8, solved: 1_600, retries: 'holds' },
  { day: 10, solved: 1_700, retries: 'violated' },
]

describe('reports over earlier runs', () => {
  const { page, summary, terminal } = rendered(nights.map(nightly))

  it('tell what came back, what burns and how figures went', () => {
    expect(terminal).toContain(
      [
        'Trends. This run after 2 earlier runs, 2026-11-01 03:00 to 2026-11-08 03:00 UTC.',
        '  flaky, failing now: R4 retry.after in desk, since this run (violated in 2 of the last 3 runs)',
        '  ticket: the error budget of task success at least 95 %, under tool failures, in desk, burns 3 times as fast as allowed over 24 h (300 of 2,000 bad)',
      ]
        .join('\n')
        .slice(0, 300),
    )
    expect(terminal).toContain('  burn-rate alerts: 2 quiet\n')
    for (const text of [summary, page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')]) {
      expect(text).toMatch(/flaky, failing now .*R4 retry\.after .*desk .*this run .*✕✓✕/)
      expect(text).toMatch(
        /ticket .*task success at least 95 %, under tool failures .*3 and 3, fires .*3\.5 and 3, fires/,
      )
    }
    expect(summary).toContain(
      '| ✓ met | task success at least 95 %, under tool failures | desk | 85.00 % (83.35 to 86.54 %) | 80.00 % (78.17 to 81.74 %) | 80.00 % to 99.50 % in 2 earlier runs |',
    )
  })

  it('draw each figure with a title, a description and its numbers', () => {
    const drawing = /<svg class="trend"[^]*?<\/svg>/.exec(page)?.[0] ?? ''
    expect(drawing).toContain('aria-labelledby="trend-0-title trend-0-desc"')
    expect(drawing).toContain('<title id="trend-0-title">task success at least 95 %, under tool failures</title>')
    expect(drawing).toContain('85.00 % (83.35 to 86.54 %) now, 80.00 % (78.17 to 81.74 %) in the run before')
    expect(drawing.match(/<circle class="run"/g)).toHaveLength(3)
    expect(page).toContain('<th scope="row">2026-11-08 03:00, commit unknown</th><td data-label="Seen">80.00 %</td>')
  })

  it('lead to the section, and have it only where there are earlier runs', () => {
    expect(page).toContain('<a href="#trends">Trends</a>')
    const { results } = nightly({ day: 1, solved: 1_990 })
    for (const text of [renderHtml(results, null), renderMarkdown(results, null)]) expect(text).not.toContain('Trends')
  })

  it('are the same bytes for the same runs, with each identifier once', () => {
    expect(rendered(structuredClone(nights).map(nightly)).page).toBe(page)
    const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const aims = [...page.matchAll(/\b(?:aria-labelledby="([^"]*)"|href="#([^"]*)")/g)].flatMap(
      ([, labels = '', aim]) => [...labels.split(' ').filter(Boolean), ...(aim === undefined ? [] : [aim])],
    )
    expect(aims.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('let nothing hostile through', () => {
    const runs = nights.map((night) => {
      const { results, ...run } = nightly({ ...night, scenario: { name: hostile } })
      return { ...run, commit: hostile, name: hostile, results }
    })
    const texts = rendered(runs, hostile)
    for (const text of [texts.page, texts.summary]) expect(text).not.toMatch(/<script>alert|<img\b/i)
    expect(texts.page).toContain('&lt;img src')
    for (const text of Object.values(texts)) expect(text).not.toMatch(/[^\P{C}\n]/u)
  })

  it('say what was left out', () => {
    const texts = rendered(nights.map(nightly), 'old.json')
    expect(texts.terminal).toContain('left out: old.json: old.json')
    expect(texts.summary).toContain('**Left out**\n\n- old.json: old.json')
    expect(texts.page).toContain('<li>old.json: old.json</li>')
  })

  it('stay small over years of nights', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...nightly({ day: 1, solved: 1_900 + (index % 90), retries: index % 2 === 0 ? 'holds' : 'violated' }),
      name: `${index}.json`,
      at: new Date(Date.UTC(2025, 0, 1 + index)).toISOString(),
    }))
    const texts = rendered(many)
    expect(texts.page.match(/<circle class="run"/g)).toHaveLength(60)
    expect(texts.terminal).toContain('This run after 299 earlier runs')
    expect(texts.page.length - page.length).toBeLessThan(20_000)
  })
})
