import { expect, it } from 'vitest'
import { publicEdition } from '../../../src/report/public/public-edition.ts'
import { verifyEdition } from '../../../src/report/public/verify-edition.ts'
import { badDay, goodDay, measuredDay } from '../_sample.ts'

const bytes = Buffer.from(JSON.stringify(measuredDay, null, 2))
const edition = publicEdition(measuredDay, bytes, ['conditions'])

it('is content with an edition that was made of these very bytes, names kept and all', () => {
  expect(verifyEdition(edition, measuredDay, bytes)).toEqual({ isSame: true })
})

it('is not content with other results, nor with the same ones in other bytes', () => {
  for (const [full, written] of [
    [goodDay, Buffer.from(JSON.stringify(goodDay))],
    [measuredDay, Buffer.from(JSON.stringify(measuredDay))],
  ] as const) {
    expect(verifyEdition(edition, full, written)).toMatchObject({
      isSame: false,
      why: expect.stringContaining('SHA-256'),
    })
  }
})

it('names the place at which an edition was changed after it was made', () => {
  const [first, ...others] = edition.scenarios
  if (first?.measure === null || first === undefined) throw new Error('there is no measure to be changed')
  const { measure } = first
  const objectives = measure.objectives.map((each) => ({ ...each, verdict: 'met' as const }))
  const changed = { ...edition, scenarios: [{ ...first, measure: { ...measure, objectives } }, ...others] }
  expect(verifyEdition(changed, measuredDay, bytes)).toMatchObject({
    isSame: false,
    why: expect.stringMatching(/differs at "scenarios\.0\.measure\.objectives\.\d+\.verdict"/),
  })
  const more = { ...edition, notJudged: [{ agent: 'agent 1', version: '1.0.0', scenario: 'scenario 1' }] }
  expect(verifyEdition(more, measuredDay, bytes)).toMatchObject({
    isSame: false,
    why: expect.stringContaining('notJudged.0'),
  })
})

it('does not take full results for an edition', () => {
  expect(verifyEdition(badDay, badDay, Buffer.from(JSON.stringify(badDay)))).toMatchObject({ isSame: false })
})
