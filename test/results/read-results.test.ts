import { describe, expect, it } from 'vitest'
import { readEnvironment, readResults } from '../../src/results/read-results.ts'
import { environment, everyState } from '../report/_sample.ts'

describe('readResults', () => {
  it('reads back what was written', () => {
    expect(readResults(JSON.stringify(everyState), 'results.json')).toEqual(everyState)
  })

  it('says in one sentence that a file is no JSON', () => {
    expect(() => readResults('<html>', 'out/results.json')).toThrow(
      'out/results.json: not JSON, found "<html>"; give a results.json that this version of Shakedown wrote.',
    )
  })

  it('names the place of what is wrong', () => {
    const torn = { ...everyState, seed: -1 }
    expect(() => readResults(JSON.stringify(torn), 'results.json')).toThrow(
      /^results\.json: .* at "seed", found -1; give/,
    )
  })

  it('refuses the results of another version', () => {
    expect(() => readResults(JSON.stringify({ ...everyState, version: 2 }), 'results.json')).toThrow(
      /"version", found 2/,
    )
  })
})

describe('readEnvironment', () => {
  it('reads back what was written and refuses the rest', () => {
    expect(readEnvironment(JSON.stringify(environment), 'environment.json')).toEqual(environment)
    const { commit: _commit, ...earlier } = environment
    expect(readEnvironment(JSON.stringify(earlier), 'environment.json').commit).toBeNull()
    expect(() => readEnvironment('{}', 'environment.json')).toThrow(/^environment\.json: .* at "format", found nothing/)
  })
})
