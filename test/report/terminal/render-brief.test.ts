import { describe, expect, it } from 'vitest'
import { renderBrief } from '../../../src/report/terminal/render-brief.ts'
import { findingOf } from '../_findings.ts'
import { badDay, everyState, goodDay, resultsOf, scenarioOf } from '../_sample.ts'

const plain = { colour: false }

describe('renderBrief', () => {
  it('tells a good day in one line', () => {
    expect(renderBrief(goodDay, plain)).toBe(
      'PASS: 3 properties hold in 2 scenarios over 4,000 trials; 1 accepted finding\n',
    )
  })

  it('tells the verdict, and each finding on a line of its own', () => {
    expect(renderBrief(badDay, plain)).toMatchInlineSnapshot(`
      "FAIL: 2 findings in 1 scenario
      sev1: support agent under provider trouble: L11 (effects.at-most-once) is violated in 57 of 2,000 trials; in the replay: effect "refund:A-1001" of tool "issue_refund" was applied at 0.810 s by call 3 and again at 31.320 s by call 4, a retry.
      sev3: support agent under provider trouble: R4 (retry.after) is violated in 412 of 2,000 trials; in the replay: attempt 2 of logical call 2 to "openai" began at 1.480 s, but attempt 1 ended at 0.900 s with "retry-after: 20", so it may not begin before 20.900 s.
      support agent under provider trouble: R5 was never put to the test: no trial brought the situation about.
      support agent under provider trouble: no call was ever struck by faults of the family policy violations.
      "
    `)
  })

  it('cuts long sentences and counts what is too much', () => {
    const witness = { sentence: 'x'.repeat(1_000_000), at: 0, calls: [], entry: null, spans: [] }
    const findings = Array.from({ length: 30 }, (_, index) => findingOf({ property: `P${index}`, witness }))
    const lines = renderBrief(resultsOf([scenarioOf('many', { findings })]), plain).split('\n')
    expect(lines).toHaveLength(23)
    expect(lines[1]).toMatch(/^sev1: many: P0 .{1,400}…$/)
    expect(Math.max(...lines.map(({ length }) => length))).toBe(400)
    expect(lines.at(-2)).toBe('and 10 more lines of this kind')
  })

  it('lets nothing hostile through', () => {
    expect(renderBrief(everyState, plain)).not.toMatch(/[^\P{C}\n]/u)
  })

  it('colours the verdict alone', () => {
    const [first, second] = renderBrief(badDay, { colour: true }).split('\n')
    expect(first).toMatch(/^\u001b\[1;31mFAIL: .*\u001b\[0m$/)
    expect(second).not.toContain('\u001b')
  })
})
