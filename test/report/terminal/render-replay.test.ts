import { expect, it } from 'vitest'
import { renderReplay } from '../../../src/report/terminal/render-replay.ts'
import { findingOf } from '../_findings.ts'

const { plan, witness, timeline, traceHash } = findingOf()
const token = { file: 'desk.scenario.ts', scenario: 'desk', seed: 1, trial: 3, property: 'R4', plan, hash: traceHash }
const replayed = { ...token, timeline, traceHash, isSameTrace: true }

it('tells a replayed trial, and whether it still violates its property', () => {
  expect(renderReplay({ ...replayed, witness })).toContain(`R4 is violated: ${witness.sentence}`)
  expect(renderReplay({ ...replayed, witness: null })).toContain('R4 is not violated any more.')
})

it('shortens what an agent made as long as a megabyte', () => {
  const [first] = timeline
  if (first === undefined) throw new Error('the sample has no timeline')
  const long = 'x'.repeat(1_000_000)
  const text = renderReplay({
    ...replayed,
    witness: { ...witness, sentence: long },
    timeline: [{ ...first, text: long }, ...timeline],
  })
  expect(text.length).toBeLessThan(20_000)
  expect(text).toMatch(/R4 is violated: x+…\nThe trace is the one of the report\./)
})
