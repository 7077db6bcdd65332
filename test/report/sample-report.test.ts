import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderJunit } from '../../src/report/junit/render-junit.ts'
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts'
import { readResults } from '../../src/results/read-results.ts'

const folder = join(import.meta.dirname, '../../reports/sample')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

it('the committed sample is what its results render to; npm run sample-report makes it anew', () => {
  const results = readResults(read('results.json'), 'reports/sample/results.json')
  expect(renderHtml(results, null)).toBe(read('index.html'))
  expect(renderJunit(results)).toBe(read('junit.xml'))
  expect(renderMarkdown(results, null)).toBe(read('summary.md'))
})

it('the committed sample shows a scenario that passes, one that fails, and an accepted finding', () => {
  const { verdict, scenarios } = readResults(read('results.json'), 'reports/sample/results.json')
  expect(verdict.scenarios.map(({ status }) => status)).toEqual(expect.arrayContaining(['pass', 'fail']))
  expect(scenarios.flatMap(({ findings }) => findings).some(({ accepted }) => accepted !== null)).toBe(true)
})
