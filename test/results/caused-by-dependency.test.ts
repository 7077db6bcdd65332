import { describe, expect, it } from 'vitest'
import { dependencySlo } from '../../src/objectives/dependencies/dependency-slo.ts'
import { attributionOf } from '../../src/results/attribution-of.ts'
import type { AttributedFailure } from '../../src/results/attribution-schema.ts'
import { causedByDependencies } from '../../src/results/budgets/caused-by-dependency.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'

const [openai, anthropic] = ['openai', 'anthropic'].map((upstream) => dependencySlo({ upstream, availability: 0.9 }))

function causedBy(bookedOn: AttributedFailure['bookedOn'], upstreams: string[], broken: readonly string[]) {
  const plan = { faults: [] }
  const failure = {
    trial: 0,
    task: 'a',
    index: 0,
    problem: 'wrong',
    plan,
    alternatives: [],
    isMinimal: true,
    trials: 3,
  }
  const calls = (name: string) => [
    name,
    { success: 8, failure: broken.includes(name) ? 2 : 0, neutral: 0, indeterminate: 0 },
  ]
  const tally = { ...emptyMeasureTally, upstreams: Object.fromEntries(['openai', 'anthropic'].map(calls)) }
  const attribution = attributionOf(1, [{ ...failure, bookedOn, upstreams }])
  return causedByDependencies(
    { name: 'outage', tally, attribution },
    [openai, anthropic].flatMap((slo) => slo ?? []),
  )
}

describe('what upstreams caused that broke their promise', () => {
  it('is what they caused alone, or together', () => {
    expect(causedBy('provider', ['openai'], ['openai'])).toEqual({ 'caused by openai': 1 })
    expect(causedBy('provider', ['anthropic', 'openai'], ['openai', 'anthropic'])).toEqual({
      'caused by anthropic and openai': 1,
    })
  })

  it('is nothing of which one kept its promise', () => {
    expect(causedBy('provider', ['anthropic', 'openai'], ['openai'])).toEqual({})
    expect(causedBy('provider', ['openai'], ['anthropic'])).toEqual({})
  })

  it.each(['agent', 'shared', 'organic', 'unexplained'] as const)('is nothing that is booked as %s', (bookedOn) => {
    expect(causedBy(bookedOn, ['openai'], ['openai'])).toEqual({})
  })

  it('is nothing where results of an earlier version do not say which upstream was struck', () => {
    expect(causedBy('provider', [], ['openai'])).toEqual({})
  })
})
