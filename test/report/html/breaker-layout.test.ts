import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elideTimeline } from '../../../src/report/elide-timeline.ts'
import { breakerLayout } from '../../../src/report/html/breaker-layout.ts'
import { laneLayout } from '../../../src/report/html/lane-layout.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import type { BreakerLane } from '../../../src/results/breaker-lane-schema.ts'
import { readResults } from '../../../src/results/read-results.ts'
import { sentInCooldown } from '../_findings.ts'
import { badDay, breakerDay } from '../_sample.ts'

/** Something else happens at the very instant at which the breaker opens, after the failure that opens it. */
const finding = sentInCooldown()
const opening = finding.timeline.findIndex(({ at }) => at === 2_100)
finding.timeline.splice(opening + 1, 0, { at: 2_100, kind: 'task', text: 'task "refund A-1002" starts', call: null })
const layout = laneLayout(elideTimeline(finding))

function placed(changes: Partial<BreakerLane> = {}) {
  const [lane] = finding.breakers ?? []
  if (lane === undefined) throw new Error('the sample has lost its breaker')
  return breakerLayout({ ...lane, ...changes }, layout)
}

/** Where the timeline marks the beginning or the end of a call. */
function markX(call: number, which: 'first' | 'last'): number | undefined {
  const ofCall = layout.marks.filter(({ shown }) => shown.entry.call === call)
  return (which === 'first' ? ofCall[0] : ofCall.at(-1))?.x
}

describe('breakerLayout', () => {
  it('opens at the very mark of the failure that opens it, and puts the forbidden call inside', () => {
    const { spans, requests } = placed()
    const open = spans.find(({ span }) => span.state === 'open')
    expect(open?.fromX).toBe(markX(2, 'last'))
    const forbidden = requests.find(({ request }) => request.call === 3)
    expect(forbidden).toMatchObject({ fromX: markX(3, 'first'), toX: markX(3, 'last') })
    expect(forbidden?.fromX).toBeGreaterThan(open?.fromX ?? Infinity)
    expect(forbidden?.toX).toBeLessThan(open?.toX ?? -Infinity)
  })

  it('places times in the order in which they pass, inside the drawing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { minLength: 2 }), (times) => {
        const sorted = times.toSorted((a, b) => a - b)
        const { refusals } = placed({ refusals: sorted.map((at) => ({ from: at, to: at, isClaimed: true })) })
        for (const [index, { x }] of refusals.entries()) {
          expect(x).toBeGreaterThanOrEqual(refusals[index - 1]?.x ?? 0)
          expect(x).toBeLessThanOrEqual(layout.width)
        }
      }),
    )
  })

  it('leaves out requests whose entries are left out of the drawing, and ends none that never ended', () => {
    const { requests } = placed({ requests: [{ call: 99, at: 5_000, end: 6_000, class: 'success' }] })
    expect(requests).toEqual([])
    expect(placed().requests.at(-1)).toMatchObject({ request: { call: 5 }, toX: null })
  })
})

describe('the page of a finding with a declared breaker', () => {
  const page = renderHtml(readResults(JSON.stringify(breakerDay), 'the sample'), null)

  it('draws its spans, each kind of outcome in a shape of its own, and the refusals', () => {
    expect(page).toContain('breaker issue_refund</text>')
    for (const shape of [
      'breaker-open',
      'breaker-half-open',
      'breaker-undecided',
      'outcome-success',
      'outcome-failure',
    ])
      expect(page).toContain(`class="${shape}"`)
    expect(page.match(/class="refusal"/g)).toHaveLength(2)
    expect(page).toContain('<title>2.100 s to 32.100 s: open</title>')
    expect(page).toContain('<title>refused by the agent by 31.000 s, as the trace suggests</title>')
  })

  it('says the same in words', () => {
    expect(page).toContain('Breaker of issue_refund in words')
    expect(page.replaceAll(/ data-label="[^"]*"/g, '')).toContain(
      '<td>open</td><td>1 request sent (1 success), 2 calls refused</td>',
    )
  })

  it('shows no lane where no breaker is declared', () => {
    expect(renderHtml(badDay, null).replace(/<style>[\s\S]*<\/style>/, '')).not.toMatch(/[Bb]reaker/)
  })
})
