import { expect, it } from 'vitest'
import { faultCounts } from '../../src/report/fault-counts.ts'
import { tallyOf } from './_sample.ts'

it('counts by family and member, and lists a family that planned nothing', () => {
  const tally = tallyOf({
    planned: { 'openai.429.tpm': 10, 'openai.429.rpm': 4, 'own.fault': 1 },
    undelivered: { 'openai.429.rpm': 4 },
    delivered: { 'openai.429.tpm': 25 },
    exposure: { 'rate limits': { trials: 7, judged: {}, violated: {} } },
  })
  const families = [
    { family: 'latency', delivered: 0 },
    { family: 'rate limits', delivered: 25 },
  ]
  expect(faultCounts(tally, families)).toEqual([
    { name: 'latency', planned: 0, undelivered: 0, delivered: 0, trials: 0, members: [] },
    {
      name: 'rate limits',
      planned: 14,
      undelivered: 4,
      delivered: 25,
      trials: 7,
      members: [
        { name: 'openai.429.tpm', planned: 10, undelivered: 0, delivered: 25 },
        { name: 'openai.429.rpm', planned: 4, undelivered: 4, delivered: 0 },
      ],
    },
    {
      name: 'outside the catalogue',
      planned: 1,
      undelivered: 0,
      delivered: 0,
      trials: 0,
      members: [{ name: 'own.fault', planned: 1, undelivered: 0, delivered: 0 }],
    },
  ])
})

it('does not know in how many trials a family struck where results of earlier versions do not tell', () => {
  const counts = faultCounts(tallyOf({ exposure: {} }), [])
  expect(counts.map(({ trials }) => trials)).toEqual([null, null, null])
})
