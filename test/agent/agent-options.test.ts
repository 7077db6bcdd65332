import { describe, expect, it } from 'vitest'
import { createReferenceAgent } from '../../src/agent/reference-agent.ts'

const good = {
  client: { apiKey: 'key-of-the-test', baseURL: 'http://model.test/v1', model: 'm' },
  instructions: 'Help.',
}
const make = (change: object) => () => createReferenceAgent({ ...good, ...change })

describe('the options of the reference agent', () => {
  it('need little', () => {
    expect(make({})).not.toThrow()
  })

  it.each([
    ['a base URL that is none', { client: { ...good.client, baseURL: 'model' } }, /"client.baseURL"/],
    ['a provider whose words nobody knows', { client: { ...good.client, provider: 'other' } }, /"client.provider"/],
    ['a step limit of zero', { maxSteps: 0 }, /"maxSteps"/],
    ['a wait that no timer can hold', { retry: { retryAfterCapMs: 2 ** 31 } }, /"retry.retryAfterCapMs"/],
    ['a tool made by hand', { tools: [{ name: 'x' }] }, /"tools.0" is wrong \(must be made with defineTool\)/],
    ['gated tools that nobody can approve', { policy: { gated: ['x'] } }, /"policy.approve" is wrong \(must be given/],
    ['an option nobody knows', { steps: 3 }, /options/],
  ])('with %s are refused in one sentence that does not tell the key', (_case, change, words) => {
    expect(make(change)).toThrow(words)
    expect(make(change)).toThrow(/^The agent cannot start: [^\n]*; correct it and retry\.$/)
    expect(make(change)).not.toThrow(/key-of-the-test/)
  })
})
