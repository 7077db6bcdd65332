import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { renderResultsSchema, resultsSchemaUrl } from '../../tools/generate-results-schema.ts'
import { everyState } from '../report/_sample.ts'

const published = readFileSync(resultsSchemaUrl, 'utf8')

describe('the published schema of results', () => {
  it('is what the code renders', () => {
    expect(published, 'run `node tools/generate-results-schema.ts`').toBe(renderResultsSchema())
  })

  it('accepts results and refuses broken ones', () => {
    const validate = new Ajv2020({ formats: { date: true } }).compile(JSON.parse(published))
    expect(validate(everyState), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...everyState, seed: 'one' })).toBe(false)
    expect(validate({ ...everyState, startedAt: '2026-01-01T00:00:00Z' })).toBe(false)
    expect(validate({ ...everyState, verdict: { ...everyState.verdict, exitCode: 2 } })).toBe(false)
  })
})
