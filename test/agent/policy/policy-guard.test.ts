import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { guardByPolicy } from '../../../src/agent/policy/policy-guard.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'

const refund = defineTool({
  name: 'refund',
  description: 'Refunds.',
  parameters: z.object({ order: z.string() }),
  effectful: true,
  execute: async () => 'done',
})
const policy = { forbidden: [], gated: [], secrets: [], userMustName: {} }

function judge(order: string, change: object, userInput = '') {
  const prepared = refund.prepare(JSON.stringify({ order }))
  if ('problem' in prepared) throw new Error(prepared.problem)
  return guardByPolicy(prepared.call, { ...policy, ...change }, userInput).verdict
}

describe('the policy guard', () => {
  it('allows what the policy does not mention', () => {
    expect(judge('A-1', { forbidden: ['other'], gated: ['other'], secrets: ['other'] })).toBe('allow')
  })

  it('asks for a gated tool, but refuses a forbidden one without asking', () => {
    expect(judge('A-1', { gated: ['refund'] })).toBe('ask')
    expect(judge('A-1', { gated: ['refund'], forbidden: ['refund'] })).toBe('refuse')
    expect(judge('A-1 canary', { gated: ['refund'], secrets: ['canary'] })).toBe('refuse')
  })

  it.each([
    ['Please refund A-100.', 'allow'],
    ['refund a-100', 'allow'],
    ['Please refund A-1001', 'refuse'],
    ['Please refund XA-100', 'refuse'],
    ['Please refund my order', 'refuse'],
  ])('compares the named target as a whole word: %s', (userInput, verdict) => {
    expect(judge('A-100', { userMustName: { refund: ['order'] } }, userInput)).toBe(verdict)
  })

  it('takes a target literally, whatever signs it contains', () => {
    expect(judge('.*', { userMustName: { refund: ['order'] } }, 'refund A-100')).toBe('refuse')
    expect(judge('A(1', { userMustName: { refund: ['order'] } }, 'refund A(1')).toBe('allow')
  })
})
