import { expect, it } from 'vitest'
import { identifier, requestIdentifier } from '../../../src/wire/openai/identifiers.ts'

it('has the form of the service and is the same in every run', () => {
  expect(identifier('chatcmpl-', 29, '1/support/7', 3)).toMatch(/^chatcmpl-[A-Za-z0-9]{29}$/)
  expect(identifier('call_', 24, '1/support/7', 3, 0)).toMatch(/^call_[A-Za-z0-9]{24}$/)
  expect(requestIdentifier('1/support/7', 3)).toMatch(/^req_[0-9a-f]{32}$/)
  expect(identifier('call_', 24, 'a', 1)).toBe(identifier('call_', 24, 'a', 1))
})

it('gives a hundred thousand keys as many identifiers, with every character about equally often', () => {
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  const trials = 100_000
  for (let call = 0; call < trials; call++) {
    const id = identifier('call_', 24, '1/support/7', call)
    seen.add(id)
    for (const character of id.slice(5)) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  expect(seen.size).toBe(trials)
  const expected = (trials * 24) / 62
  // Ten standard deviations of a binomial count: a bias shows, chance does not.
  const tolerance = 10 * Math.sqrt(expected)
  expect(counts.size).toBe(62)
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(tolerance)
})
