import { expect, it } from 'vitest'
import { trialsRun } from '../../src/report/trials-run.ts'
import { emptyTally } from '../../src/results/tally.ts'

function search(trials: number) {
  return { traceHash: '', declaredTrials: 4_000, tally: { ...emptyTally, trials }, properties: [], families: [] }
}

it('says the trials of a search alone where it made all that were asked for', () => {
  expect(trialsRun(search(4_000))).toBe('4,000 trials')
  expect(trialsRun(search(9_000))).toBe('9,000 trials')
})

it('says of how many where it made fewer', () => {
  expect(trialsRun(search(400))).toBe('400 of the 4,000 trials that the scenario asks for')
})
