import { describe, expect, it } from 'vitest'
import { surfaceChart } from '../../../src/report/html/surface-chart.ts'
import { fallingSurface } from '../_measures.ts'

describe('the surface of reliability as a drawing', () => {
  const chart = surfaceChart(fallingSurface, 'Surface of <reliability>', 'scenario-1-surface')

  it('has the chance in each cell, wordings down and intensities across, and greener cells the larger it is', () => {
    const cells = [...chart.matchAll(/class="surface-(\w+)".*>([^<]+)<\/text><\/g>/g)].map(([, look, text]) => [
      look,
      text,
    ])
    expect(cells).toEqual([
      ...[
        ['4', '99.80 %'],
        ['3', '93.00 %'],
        ['1', '61.00 %'],
      ],
      ...[
        ['3', '96.00 %'],
        ['2', '80.00 %'],
        ['0', '31.00 %'],
      ],
      ...[
        ['3', '91.00 %'],
        ['1', '72.00 %'],
        ['none', 'too few'],
      ],
    ])
    expect(chart.match(/>(no faults|faults [\d.]+ %|as written|[\d.]+ % paraphrased)</g)).toEqual(
      ['no faults', 'faults 5 %', 'faults 20 %', 'as written', '50 % paraphrased', '100 % paraphrased'].map(
        (text) => `>${text}<`,
      ),
    )
  })

  it('says what it shows to those who do not see it', () => {
    expect(chart).toContain('<title id="scenario-1-surface-title">Surface of &lt;reliability&gt;</title>')
    expect(chart).toContain('From 99.80 % down to 31.00 %. The table below has the numbers.')
    expect(chart).toContain('<title>93.00 %, 95 % interval 89.00 to 96.00 %</title>')
  })

  it('is empty without a surface', () => {
    expect(surfaceChart(null, '', '')).toBe('')
  })
})
