import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elideTimeline } from '../../../src/report/elide-timeline.ts'
import { laneLayout } from '../../../src/report/html/lane-layout.ts'
import { timelineEntrySchema } from '../../../src/results/results-schema.ts'
import { doubleRefund } from '../_findings.ts'

const layout = laneLayout(elideTimeline(doubleRefund()))

const anyTimeline = fc
  .array(
    fc.record({
      at: fc.nat(100_000),
      kind: fc.constantFrom(...timelineEntrySchema.shape.kind.options),
      text: fc.string(),
      call: fc.option(fc.nat(8)),
    }),
    { maxLength: 120 },
  )
  .map((entries) => entries.toSorted((a, b) => a.at - b.at))

describe('laneLayout', () => {
  it('gives the agent, each upstream and the approvals a lane, in the order of appearance', () => {
    expect(layout.lanes).toEqual(['agent', 'model openai', 'tool look_up_order', 'approvals', 'tool issue_refund'])
  })

  it('puts faults and effects on the lane of the call they belong to', () => {
    const lanes = layout.marks
      .filter(({ shown }) => shown.entry.kind === 'fault' || shown.entry.kind === 'effect')
      .map(({ lane }) => layout.lanes[lane])
    expect(lanes).toEqual(['tool issue_refund', 'tool issue_refund', 'tool issue_refund'])
  })

  it('names the waits of a second and more', () => {
    expect(layout.stretches.map(({ label }) => label)).toEqual(['30 s'])
  })

  it('draws every entry inside, on a lane, and never to the left of an earlier one', () => {
    fc.assert(
      fc.property(anyTimeline, fc.array(fc.nat(8)), (timeline, calls) => {
        const { marks, lanes, width } = laneLayout(elideTimeline({ timeline, witness: { sentence: '', at: 0, calls } }))
        for (const [index, { x, lane }] of marks.entries()) {
          expect(lanes[lane]).toBeDefined()
          expect(x).toBeGreaterThan(marks[index - 1]?.x ?? 0)
          expect(x).toBeLessThan(width)
        }
      }),
    )
  })
})

describe('elideTimeline', () => {
  it('accounts for every entry, shown or left out, and keeps the order', () => {
    fc.assert(
      fc.property(anyTimeline, fc.array(fc.nat(8)), (timeline, calls) => {
        const shown = elideTimeline({ timeline, witness: { sentence: '', at: 0, calls } })
        expect(shown.reduce((sum, { skipped }) => sum + skipped + 1, 0)).toBe(timeline.length)
        expect(timeline.filter((entry) => shown.some((each) => each.entry === entry))).toEqual(
          shown.map(({ entry }) => entry),
        )
      }),
    )
  })
})
