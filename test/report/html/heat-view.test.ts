import { describe, expect, it } from 'vitest'
import { heatView } from '../../../src/report/html/heat-view.ts'
import type { Tally } from '../../../src/results/tally.ts'
import { findingOf } from '../_findings.ts'
import { propertyOf, scenarioOf, searchOf, tallyOf } from '../_sample.ts'

function searched(exposure: Tally['exposure'], ...properties: Parameters<typeof propertyOf>[0][]) {
  const search = searchOf({
    tally: tallyOf({ exposure }),
    properties: properties.map((id) => propertyOf(id)),
    families: [
      { family: 'latency', delivered: 12 },
      { family: 'streams', delivered: 0 },
    ],
  })
  return scenarioOf('searched', { search })
}

const calm = searched({ latency: { trials: 10, judged: { L1: 10 }, violated: {} } }, 'L1', 'R4')
const stormy = searched({ latency: { trials: 5, judged: { L1: 5, R4: 4 }, violated: { R4: 3 } } }, 'R4', 'L1')

describe('the map of fault families and properties', () => {
  it('adds up all scenarios, violated properties first', () => {
    const view = heatView([calm, stormy])
    expect(view?.families).toEqual([{ name: 'latency', trials: '15 trials' }])
    expect(view?.rows.map(({ id, cells }) => [id, cells])).toEqual([
      ['R4', [{ text: '✕ 3 of 4', tone: 'bad' }]],
      ['L1', [{ text: '✓ 15', tone: 'good' }]],
    ])
  })

  it('says how much of what was asked for was put to the test', () => {
    expect(heatView([calm])?.coverage).toBe(
      '1 of 2 fault families struck. 1 of 2 properties that apply were put to the test while faults struck.',
    )
  })

  it('tells violated from kept and from never tested by shape, and darkens with the share of violated trials', () => {
    const families = Object.fromEntries(
      [1, 5, 40, 60].map((violated) => [
        `family ${violated}`,
        { trials: 100, judged: { R4: 100 }, violated: { R4: violated } },
      ]),
    )
    const other = { other: { trials: 1, judged: { L1: 1 }, violated: {} } }
    const chart = heatView([searched({ ...families, ...other }, 'R4', 'L1')])?.chart ?? ''
    const looks = [...chart.matchAll(/class="(heat-\w+)"/g)].map(([, look]) => look)
    // Each row ends with L1, which only the last family put to the test.
    expect(looks).toEqual([
      ...['heat-1', 'heat-none', 'heat-2', 'heat-none', 'heat-3', 'heat-none', 'heat-4', 'heat-none'],
      ...['heat-none', 'heat-kept'],
    ])
    expect(chart).toContain('<title>R4 where family 40 struck: violated in 40 of 100 trials (40.00 %)</title>')
    expect(chart).toContain('5 families by 2 properties: violated R4 under family 1,')
    expect(chart).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('frames the families of a smallest cause, and does not blame those that only struck too', () => {
    const exposure = {
      'rate limits': { trials: 90, judged: { R4: 80 }, violated: { R4: 41 } },
      latency: { trials: 30, judged: { R4: 20 }, violated: { R4: 6 } },
    }
    // The smallest cause of the finding is one rate limit.
    const found = { ...searched(exposure, 'R4'), findings: [findingOf()] }
    const view = heatView([found])
    expect(view?.rows[0]?.cells).toEqual([
      { text: '✕ 41 of 80', tone: 'bad' },
      { text: '6 of 20, struck too', tone: 'none' },
    ])
    expect(view?.chart).toContain(
      '<g class="heat-4 cause"><title>R4 where rate limits struck: violated in 41 of 80 trials (51.25 %); part of the smallest cause of 1 finding</title>',
    )
    expect(view?.chart).toContain('<g class="heat-bystander"><title>R4 where latency struck')
    expect(view?.chart).toContain(': violated R4 under rate limits. The table below')
  })

  it('blames no family for what happens without any fault', () => {
    const exposure = { latency: { trials: 30, judged: { R4: 20 }, violated: { R4: 6 } } }
    const organic = { ...searched(exposure, 'R4'), findings: [findingOf({ plan: { faults: [] } })] }
    expect(heatView([organic])?.chart).toContain('no violation is put down to a family')
  })

  it('is left out where no search tells of it, as in results of earlier versions', () => {
    expect(heatView([searched({}, 'L1'), scenarioOf('not searched', { search: null })])).toBeNull()
  })

  it('does not take a family or a property for what every object has', () => {
    const named = searched({ constructor: { trials: 2, judged: { toString: 2 }, violated: { toString: 1 } } })
    expect(heatView([calm, named])?.rows.map(({ id, cells }) => [id, cells.map(({ text }) => text)])).toEqual([
      ['toString', ['–', '✕ 1 of 2']],
      ['L1', ['✓ 10', '–']],
    ])
  })
})
