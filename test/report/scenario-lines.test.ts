import { expect, it } from 'vitest'
import { renderCodeQuality } from '../../src/report/code-quality/render-code-quality.ts'
import { annotations } from '../../src/report/github/annotations.ts'
import { renderSarif } from '../../src/report/sarif/render-sarif.ts'
import { findingOf } from './_findings.ts'
import { resultsOf, scenarioOf } from './_sample.ts'

it('points readers of code at the line at which the scenario is defined', () => {
  const results = resultsOf([scenarioOf('desk', { findings: [findingOf()], line: 17 })])
  expect(renderSarif(results)).toMatch(/"region": \{\s*"startLine": 17\s*\}/)
  expect(renderCodeQuality(results)).toMatch(/"lines": \{\s*"begin": 17\s*\}/)
  expect(annotations(results).join('\n')).toContain(',line=17,')
})
