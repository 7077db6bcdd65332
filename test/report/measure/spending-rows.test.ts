import { describe, expect, it } from 'vitest'
import { spendingRows } from '../../../src/report/measure/spending-rows.ts'
import { indicatorMeasures } from '../../../src/results/indicator-measures.ts'
import { countsOf } from '../../../src/results/summarise-condition.ts'
import type { IndicatorMeasures } from '../../../src/results/indicator-measures.ts'
import { conditionOf, everyMeasure, measuresOf } from '../_measures.ts'

const counted = conditionOf('without faults', measuresOf(1_990))
const none = indicatorMeasures(countsOf(counted, counted.tally))

function spendingOf(changes: Partial<IndicatorMeasures>): ReturnType<typeof spendingRows> {
  const indicators = { ...none, ...changes }
  const conditions = [conditionOf('without faults', measuresOf(1_990, { indicators }))]
  return spendingRows({ ...everyMeasure, conditions, prices: { currency: 'USD', models: {} } })
}

describe('what tasks use and cost', () => {
  it('is told with interval and largest, in the currency of the prices', () => {
    const rows = spendingOf({
      tokens: { mean: 1_204.4, interval: [1_180.2, 1_228.9], max: 4_100, unknown: null },
      cost: { mean: 0.000_64, interval: null, max: 0.002_1, unknown: null },
    })
    expect(rows).toEqual([
      {
        condition: 'without faults',
        tokens: { mean: '1,204', detail: '1,180 to 1,229, at most 4,100' },
        cost: { mean: 'USD 0.000640', detail: 'at most USD 0.00210' },
      },
    ])
  })

  it('says why a cost is not known, and is left out where nothing is known', () => {
    const tokens = { mean: 12, interval: null, max: null, unknown: null }
    const cost = { mean: null, interval: null, max: null, unknown: 'no price of gpt-x' }
    expect(spendingOf({ tokens, cost })[0]?.cost).toEqual({ mean: 'not known: no price of gpt-x', detail: '' })
    expect(spendingOf({ tokens: { ...tokens, mean: null }, cost })).toEqual([])
    expect(spendingRows(everyMeasure)).toEqual([])
  })
})
