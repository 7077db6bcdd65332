import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { findingOf } from '../_findings.ts'
import {
  badDay,
  environment,
  everyState,
  goodDay,
  hostile,
  propertyOf,
  resultsOf,
  scenarioOf,
  searchOf,
} from '../_sample.ts'

/** The text a reader sees, markup and styles taken away. */
function seen(html: string): string {
  return html
    .replace(/<title>.*<\/title>/, '')
    .replace(/<(style|script)>[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('renderHtml', () => {
  const page = renderHtml(everyState, environment)

  it('says the verdict first, then the reasons, the table, the scenarios and what was accepted', () => {
    const text = seen(renderHtml(badDay, environment))
    const places = [
      'Do not deploy',
      '2 findings in 1 scenario',
      'sev1 support agent under provider trouble: L11 (effects.at-most-once) is violated in 57 of 2,000 trials',
      'sev3 support agent under provider trouble: R4 (retry.after) is violated in 412 of 2,000 trials',
      '1 of 3 scenarios broke, 2 passed',
      'to respond within 5 min',
      'Properties by scenario',
      'Smallest cause',
      'npx shakedown replay eyJ2',
      'the 2nd call of the model openai is answered 429',
      'Known and true: they are shown',
      'Outside the world worker thread: real time, not reproducible',
      'Left running timer in 12 trials',
      'Acceptances that nothing used',
      'Where this run took place',
    ].map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(text).toContain('Checked out commit 0123456789ab ')
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('is one file with a single script of its own, without handlers or styles on elements, or anything to load', () => {
    expect(page.match(/<script\b[^>]*>/gi)).toEqual(['<script>'])
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b/i)
    expect(page).not.toMatch(/<[^>]*\s(on\w+|style|src|srcset|action|formaction)\s*=/i)
    expect(page.match(/\bhref="[^#][^"]*"/g)).toBeNull()
    expect(page).not.toMatch(/@import|url\(/)
  })

  it('allows its own styles and its own script by their hashes and nothing else', () => {
    const hashOf = (tag: string) =>
      createHash('sha256')
        .update(new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)?.[1] ?? '')
        .digest('base64')
    expect(page.replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'")).toContain(
      `content="default-src 'none'; style-src 'sha256-${hashOf('style')}'; script-src 'sha256-${hashOf('script')}'; base-uri 'none'; form-action 'none'"`,
    )
  })

  it('lets nothing that an agent printed act or hide', () => {
    expect(hostile).toContain('<script>')
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;')
    expect(page).toContain('⟨U+2028⟩⟨U+2029⟩ ⟨U+0000⟩⟨U+001B⟩[31m⟨U+0007⟩ ⟨U+202E⟩gnp.exe ⟨U+2066⟩⟨U+200B⟩')
    expect(page).not.toMatch(/[^\P{C}\n]/u)
    expect(page).not.toMatch(/[\u2028\u2029]/)
  })

  it('gives the same bytes for the same results', () => {
    expect(renderHtml(structuredClone(everyState), environment)).toBe(page)
  })

  it('has each identifier once, and an aim for each link and label', () => {
    const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id)
    const aims = [...page.matchAll(/\bhref="#([^"]*)"/g)].map(([, id]) => id)
    const labels = [...page.matchAll(/\baria-labelledby="([^"]*)"/g)].flatMap(([, list]) => list?.split(' ') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect([...aims, ...labels].filter((id) => !ids.includes(id))).toEqual([])
  })

  it('leaves out what there is none of', () => {
    const text = seen(renderHtml(goodDay, null))
    expect(text).toContain('Nothing found speaks against deploying')
    expect(text).not.toContain('Where this run took place')
    expect(text).not.toContain('Problems of the run itself')
    expect(text).not.toContain('Acceptances that nothing used')
  })

  it('shows an expired acceptance among what gates', () => {
    const text = seen(page)
    expect(text).toMatch(/Last day 2026-02-28\s+✕ expired/)
    expect(text.search(/Last day 2026-02-28/)).toBeLessThan(text.indexOf('Known and true: they are shown'))
  })

  it('stays small where an agent never stops', () => {
    const timeline = Array.from({ length: 20_000 }, (_, index) => ({
      at: index * 10,
      kind: 'model' as const,
      text: `call ${index}`,
      call: index,
      upstream: 'openai',
    }))
    const endless = scenarioOf('endless', {
      search: searchOf({ properties: [propertyOf('L1', 'violated', 9, 9)] }),
      findings: [
        findingOf({
          property: 'L1',
          timeline,
          witness: { sentence: 'never ends', at: 100_000, calls: [10_000], entry: null, spans: [] },
        }),
      ],
    })
    const html = renderHtml(resultsOf([endless]), null)
    expect(html.length).toBeLessThan(80_000)
    expect(seen(html)).toContain('9,970 entries left out; results.json holds them all.')
    expect(seen(html)).toContain('100.000 s 10000 model call 10000 100.000 s violation certain here')
  })
})
