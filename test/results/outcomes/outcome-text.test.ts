import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeTextPattern, readOutcomes, writeOutcomes } from '../../../src/results/outcomes/outcome-text.ts'
import { anyTrial } from './_outcomes.ts'

describe('outcomes as text', () => {
  it('are a few bytes a trial, readable by eye', () => {
    const solved = { task: 0, verdict: 'solved', timedOut: false, toolCalls: 2, latencyMs: 1_000 } as const
    const hung = { task: 11, verdict: 'failed', timedOut: true, toolCalls: 0, latencyMs: null } as const
    const left = { task: 1, verdict: 'excluded', timedOut: false, toolCalls: 0, latencyMs: null } as const
    expect(writeOutcomes([[solved], [hung, left], []])).toBe('0+2.rs b!0.,1x ')
  })

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(anyTrial, { minLength: 1, maxLength: 8 }), (trials) => {
        const text = writeOutcomes(trials)
        expect(text).toMatch(outcomeTextPattern)
        expect(readOutcomes(text)).toEqual(trials)
      }),
    )
  })

  it.each(['0', '0+', '0+2', '0?2.1', '0x2.1', '0+2.1;1+2.1', 'Ä+1.'])('are not %s', (text) => {
    expect(text).not.toMatch(outcomeTextPattern)
  })
})
