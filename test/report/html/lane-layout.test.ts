import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elideTimeline } from '../../../src/report/elide-timeline.ts'
import { laneChart } from '../../../src/report/html/lane-chart.ts'
import { laneLayout, placeOf } from '../../../src/report/html/lane-layout.ts'
import { type Finding, timelineEntrySchema } from '../../../src/results/results-schema.ts'
import { doubleRefund, findingOf } from '../_findings.ts'

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

  it('gives moments at which nothing happens a place of their own, in order, and says where it is', () => {
    const { stops, marks, width } = laneLayout(elideTimeline(findingOf()), { moments: [900, 20_900] })
    expect(stops).toHaveLength(marks.length + 1)
    expect(stops.at(-1)?.at).toBe(20_900)
    expect(placeOf(20_900, { stops, width })).toBeGreaterThan(marks.at(-1)?.x ?? Infinity)
    expect(placeOf(20_900, { stops, width })).toBeLessThan(width)
  })

  it('fills the room that it has, and takes more where it needs it', () => {
    const narrow = laneLayout(elideTimeline(findingOf()))
    expect(laneLayout(elideTimeline(findingOf()), { leastWidth: 900 }).width).toBe(900)
    expect(laneLayout(elideTimeline(findingOf()), { leastWidth: 1 })).toEqual(narrow)
  })

  it('draws every entry inside, on a lane, and never to the left of an earlier one', () => {
    fc.assert(
      fc.property(anyTimeline, fc.array(fc.nat(8)), (timeline, calls) => {
        const { marks, lanes, width } = laneLayout(
          elideTimeline({ timeline, witness: { sentence: '', at: 0, calls, entry: null, spans: [] } }),
        )
        for (const [index, { x, lane }] of marks.entries()) {
          expect(lanes[lane]).toBeDefined()
          expect(x).toBeGreaterThan(marks[index - 1]?.x ?? 0)
          expect(x).toBeLessThan(width)
        }
      }),
    )
  })
})

describe('laneChart', () => {
  const chart = laneChart(findingOf(), 'chart')
  const xOf = (pattern: RegExp) => Number(pattern.exec(chart)?.[1])

  it('draws the violation at the entry that proves it, and not at the last of its moment', () => {
    const at = { at: 1_480, kind: 'task', text: 'another thing of that moment', call: null } as const
    const crowded = findingOf()
    crowded.timeline.splice(9, 0, at)
    const drawn = laneChart(crowded, 'chart')
    const proof = /<circle class="event" cx="(\d+)"[^>]*><title>1\.480 s: call 3, call 3 asks/.exec(drawn)?.[1]
    expect(proof).toBeDefined()
    expect(drawn).toContain(`<line class="violation" x1="${proof}" x2="${proof}"`)
  })

  it('draws a violation that became certain in silence where its time is', () => {
    const { witness } = findingOf()
    const drawn = laneChart(findingOf({ witness: { ...witness, at: 1_800, entry: null, calls: [] } }), 'chart')
    const x = Number(/<line class="violation" x1="(\d+)"/.exec(drawn)?.[1])
    const xs = [...drawn.matchAll(/<circle class="event" cx="(\d+)"/g)].map(([, each]) => Number(each))
    expect(xs.filter((each) => each < x)).toHaveLength(7)
    expect(drawn).toMatch(/<text class="deciding"[^>]*>1\.800 s<\/text>/)
  })

  it('draws the wait that was asked for, to its end behind the last event, and the times that decide', () => {
    expect(chart).toContain('<title>0.900 s to 20.900 s: no attempt allowed</title>')
    expect(chart).toContain('>no attempt allowed</text>')
    expect(xOf(/<rect class="span" x="(\d+)"/)).toBe(xOf(/<circle class="event" cx="(\d+)"[^>]*><title>0\.900 s/))
    for (const time of ['0.900 s', '1.480 s', '20.900 s']) expect(chart).toContain(`>${time}</text>`)
  })

  it('numbers the calls as messages do', () => {
    expect([...chart.matchAll(/<text class="(?:note|deciding)" [^>]*>(\d+)<\/text>/g)].map(([, call]) => call)).toEqual(
      ['0', '1', '2', '3'],
    )
  })
})

describe('elideTimeline', () => {
  it('marks the entry that proves a violation, which results of earlier versions name by its call and time alone', () => {
    const marked = (finding: Finding) => elideTimeline(finding).find(({ violation }) => violation !== null)
    const { witness } = findingOf()
    expect(marked(findingOf())).toMatchObject({ entry: { call: 3, at: 1_480 }, violation: 'here' })
    expect(marked(findingOf({ witness: { ...witness, entry: null } }))).toMatchObject({
      entry: { call: 3, at: 1_480 },
      violation: 'here',
    })
    expect(marked(findingOf({ witness: { ...witness, entry: null, at: 2_000 } }))).toMatchObject({
      entry: { call: 3, at: 1_480 },
      violation: 'after',
    })
  })

  it('accounts for every entry, shown or left out, and keeps the order', () => {
    fc.assert(
      fc.property(anyTimeline, fc.array(fc.nat(8)), (timeline, calls) => {
        const shown = elideTimeline({ timeline, witness: { sentence: '', at: 0, calls, entry: null, spans: [] } })
        expect(shown.reduce((sum, { skipped }) => sum + skipped + 1, 0)).toBe(timeline.length)
        expect(timeline.filter((entry) => shown.some((each) => each.entry === entry))).toEqual(
          shown.map(({ entry }) => entry),
        )
      }),
    )
  })
})
