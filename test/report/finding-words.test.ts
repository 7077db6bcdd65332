import { expect, it } from 'vitest'
import { causeWords, codeWords } from '../../src/report/finding-words.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts'
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts'
import { findingOf, lostAnswer, rateLimit } from './_findings.ts'
import { resultsOf, scenarioOf } from './_sample.ts'

const strike = (fault: number, call: number) => ({
  ...{ at: 0, kind: 'fault' as const, call, upstream: 'openai' },
  text: `fault ${fault} strikes openai: openai.429.tpm`,
})

it('names the calls that each fault of the smallest plan struck, by the numbers of the timeline', () => {
  const plan = { faults: [lostAnswer, rateLimit] }
  const timeline = [strike(1, 0), strike(2, 3), strike(2, 4)]
  const causes = causeWords(findingOf({ plan, timeline }))
  expect(causes[0]).toMatch(/^the 1st call of .* \(call 0\)$/)
  expect(causes[1]).toMatch(/ \(calls 3 and 4\)$/)
  const many = [0, 2, 4, 6, 8].map((call) => strike(1, call))
  expect(causeWords(findingOf({ plan, timeline: many }))[0]).toMatch(/ \(calls 0, 2, 4 and 2 more\)$/)
  expect(causeWords(findingOf({ plan, timeline: [] }))[0]).not.toContain('(call')
})

it('says where the agent made the call that proves it, on the page, in Markdown and in the terminal', () => {
  const code = { call: 3, file: 'src/agent.ts', line: 42 }
  expect(codeWords({ code })).toBe('call 3 was made at src/agent.ts:42')
  expect(codeWords({})).toBe(null)
  const results = resultsOf([scenarioOf('desk', { findings: [findingOf({ code })] })])
  expect(renderHtml(results, null)).toContain("The agent's code: call 3 was made at src/agent.ts:42")
  expect(renderMarkdown(results, null)).toContain("**The agent's code:** call 3 was made at src/agent.ts:42")
  expect(renderTerminal(results, { colour: false, columns: 100 })).toContain(
    'step: call 3 at 1.480 s, made at src/agent.ts:42, ',
  )
})
