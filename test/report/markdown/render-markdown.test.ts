import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { environmentSchema } from '../../../src/results/environment-schema.ts'
import { readResults } from '../../../src/results/read-results.ts'
import type { Finding } from '../../../src/results/results-schema.ts'
import { findingOf, rateLimit } from '../_findings.ts'
import { badDay, everyState, goodDay, measuredDay, propertyOf, resultsOf, scenarioOf, searchOf } from '../_sample.ts'
import { markdownNodes } from './_parse-markdown.ts'

describe('renderMarkdown', () => {
  it('says verdict, reasons, scenarios, findings, what was accepted and the properties, in this order', () => {
    const text = renderMarkdown(badDay, null)
    const places = [
      '# ✕ FAIL: 2 findings in 1 scenario',
      'Do not deploy',
      '1. sev1: support agent under provider trouble: L11 (effects.at-most-once) is violated in 57 of 2,000 trials',
      '2. sev3: support agent under provider trouble: R4 (retry.after) is violated in 412 of 2,000 trials',
      '| support agent under provider trouble | ✕ Fail | 2,000 trials | 4 | 2 | 1 | 1 |',
      '- vacuous, never put to the test: R5',
      '## Findings\n\n### ✕ sev1: L11 effects.at-most-once in',
      '**In service:** sev1, which calls the engineer on call and whoever answers for the safety of the agent',
      '```sh\nnpx shakedown replay eyJ2',
      '### ✕ sev3: R4 retry.after in',
      '**Smallest cause.** One fault is enough:\n\n- the 2nd call of the model openai is answered 429',
      '## Accepted findings',
      '**Accepted:** by platform team until 2026-06-30',
      '| R5 retry.backoff | ? vacuous | 0 | 0 |',
    ].map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('folds the promises that were kept, and shows the others', () => {
    const text = renderMarkdown(measuredDay, null)
    const [shown = '', kept = ''] = text.split('## Declarations and objectives')[1]?.split('<details>') ?? []
    expect(shown).toMatch(/^\| ✕ refuted \|/m)
    expect(shown).not.toMatch(/upheld|✓/)
    expect(kept).toMatch(/^<summary>2 upheld, 4 met<\/summary>\n\n\| Verdict/)
  })

  it('has incidents right behind findings, the gravest first, and what is long folded or counted', () => {
    const text = renderMarkdown(badDay, null)
    const [, incidents = ''] = /## Incidents\n\n([^#]*)/.exec(text) ?? []
    expect([...incidents.matchAll(/^\| ✕ (sev\d)/gm)].map(([, severity]) => severity)).toEqual([
      ...['sev1', 'sev3', 'sev3'],
    ])
    const titles = [...renderMarkdown(measuredDay, null).matchAll(/^## (.*)$/gm)].map(([, title]) => title)
    expect(titles).toEqual([
      ...['Scenarios', 'Incidents', 'Declarations and objectives', 'Before a deploy', 'Service levels', 'Measures'],
      ...['Indicators', 'Properties'].filter((title) => titles.includes(title)),
    ])
  })

  it('takes two thirds of what a comment holds at most for three scenarios with measures', () => {
    const sample = readFileSync(join(import.meta.dirname, '../../../reports/sample/results.json'), 'utf8')
    const text = renderMarkdown(readResults(sample, 'the sample'), null)
    expect(text.length).toBeLessThan(42_000)
    expect(text).not.toMatch(/^\| ✓ (healthy|quiet) /m)
    expect(text).not.toMatch(/^\| [A-Z]\d+ .* \| – not applicable \|/m)
    expect(text.slice(0, text.indexOf('## Incidents')).split('\n').length).toBeLessThan(120)
  })

  it('tells which commit was tested, and when; nothing where nobody kept it', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567'
    const place = environmentSchema.parse({
      format: 'shakedown-environment',
      version: 1,
      startedAt: '2026-03-01T09:30:00.000Z',
      durationMs: 60_000,
      node: 'v24.0.0',
      platform: 'linux x64',
      workers: 2,
      replacedWorkers: [],
    })
    expect(renderMarkdown(badDay, { ...place, commit: `${commit}-dirty` })).toContain(
      '\n\nCommit 0123456789ab with uncommitted changes, tested on 2026-03-01 at 09:30 UTC.\n\n',
    )
    expect(renderMarkdown(badDay, place)).toContain('\n\nTested on 2026-03-01 at 09:30 UTC.\n\n')
    expect(renderMarkdown(badDay, null)).not.toMatch(/tested on/i)
  })

  it('leaves out what there is none of', () => {
    const text = renderMarkdown(resultsOf([scenarioOf('calm')]), null)
    expect(text).toContain('# ✓ PASS')
    expect(text).not.toMatch(/Findings|Accepted|\bOf calm|Left out/)
    expect(renderMarkdown(resultsOf([]), null)).toContain('# ? INCONCLUSIVE: no scenario was run')
  })

  it.each(Object.entries({ badDay, goodDay, everyState }))(
    'lets nothing that an agent printed act in %s: the only markup is its own',
    async (_name, results) => {
      const nodes = await markdownNodes(renderMarkdown(results, null))
      const foreign = nodes.filter(({ type }) =>
        /^(link|linkReference|image|imageReference|emphasis|delete|footnote)/.test(type),
      )
      expect(foreign).toEqual([])
      const html = nodes.filter(({ type }) => type === 'html').map(({ value }) => value)
      expect(html.filter((value) => !/^<\/details>$|^<details><summary>[^<>]*<\/summary>$/.test(value ?? ''))).toEqual(
        [],
      )
    },
  )

  it('stays within what a comment holds and says what it left out', () => {
    const wordy = (index: number): Finding =>
      findingOf({ property: `X${index}`, plan: { faults: Array.from({ length: 10 }, () => rateLimit) } })
    const many = Array.from({ length: 90 }, (_, index) => wordy(index))
    const properties = many.map(({ property }) => propertyOf(property, 'violated', 9, 9))
    const text = renderMarkdown(
      resultsOf([scenarioOf('endless', { search: searchOf({ properties }), findings: many })]),
      null,
    )
    expect(text.length).toBeLessThan(61_000)
    const shown = text.match(/^### /gm)?.length ?? 0
    expect(shown).toBeGreaterThan(5)
    expect(text).toMatch(new RegExp(`Left out to keep this short:\\*\\* ${90 - shown} findings`))
    expect(text).toContain('And 80 more reasons.')
  })

  it('shows the first rows of a long table and tells how many more there are', () => {
    const properties = Array.from({ length: 90 }, (_, index) => propertyOf(`X${index}`))
    const text = renderMarkdown(resultsOf([scenarioOf('broad', { search: searchOf({ properties }) })]), null)
    expect(text.match(/^\| X\d+ /gm)).toHaveLength(60)
    expect(text).toContain('30 more rows are in results.json.')
  })

  it('stays within it also where names are as long as an agent likes', () => {
    const long = '@<|`'.repeat(50_000)
    const scenarios = Array.from({ length: 200 }, () => scenarioOf(long, { findings: [findingOf({ token: long })] }))
    expect(renderMarkdown(resultsOf(scenarios), null).length).toBeLessThan(61_000)
  })

  it('gives the same bytes for the same results', () => {
    expect(renderMarkdown(structuredClone(everyState), null)).toBe(renderMarkdown(everyState, null))
  })
})
