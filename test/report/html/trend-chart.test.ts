import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ChartPoint, trendChart } from '../../../src/report/html/trend-chart.ts'

const texts = { valueText: '90 %', levelText: '95 %', firstRun: '2026-11-01', title: 'success', description: 'it fell' }

function draw(points: readonly ChartPoint[], level = 0.95): string {
  return trendChart({ ...texts, points, level, bounds: [0, 1] }, 'chart')
}

const anyPoint: fc.Arbitrary<ChartPoint> = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.5, noNaN: true }), fc.boolean())
  .map(([value, spread, hasInterval]) => ({
    value,
    interval: hasInterval ? [Math.max(0, value - spread), Math.min(1, value + spread)] : null,
  }))

it('keeps every line inside the drawing, in whole pixels, whatever the runs saw', () => {
  fc.assert(
    fc.property(
      fc.array(anyPoint, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (points, level) => {
        const drawing = draw(points, level)
        const places = [...drawing.matchAll(/ (?:c?[xy][12]?)="([^"]*)"/g)].map(([, place]) => place)
        const corners = [...drawing.matchAll(/ points="([^"]*)"/g)].flatMap(([, list = '']) => list.split(/[ ,]/))
        for (const place of [...places, ...corners]) expect(place).toMatch(/^\d{1,3}$/)
        const heights = [...drawing.matchAll(/ c?y[12]?="([^"]*)"/g)].map(([, place]) => Number(place))
        expect(Math.max(...heights)).toBeLessThanOrEqual(132)
      },
    ),
  )
})

it('draws better above worse, and the level where it is', () => {
  const places = [
    ...draw([0.9, 0.95, 0.99].map((value) => ({ value, interval: null }))).matchAll(
      /class="run" cx="(\d+)" cy="(\d+)"/g,
    ),
  ]
  const [low, middle, high] = places.map(([, , y]) => Number(y))
  expect(low).toBeGreaterThan(middle ?? 0)
  expect(middle).toBeGreaterThan(high ?? 0)
  expect(places.map(([, x]) => x)).toEqual(['8', '144', '280'])
  expect(draw([{ value: 0.95, interval: null }])).toMatch(/class="level"[^>]* y1="(\d+)" y2="\1"/)
})

it('has a gap in the band where a run has no interval', () => {
  const known = { value: 0.9, interval: [0.8, 0.95] as const }
  const unknown = { value: 0.9, interval: null }
  expect(draw([known, known, unknown, known, known]).match(/<polygon/g)).toHaveLength(2)
  expect(draw([known, unknown]).match(/<line class="band"/g)).toHaveLength(1)
})
