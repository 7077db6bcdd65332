import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault, Trigger } from '../../src/contract/fault.ts'
import { memberArbitrary } from '../../src/faults/arbitraries/member.ts'
import { catalogue } from '../../src/faults/catalogue.ts'
import { describeFault } from '../../src/report/describe-fault.ts'

const model = { kind: 'model', name: 'openai' } as const
const quota: Fault = { id: 'openai.429.quota', target: model, trigger: { on: 'nth', n: 2 }, parameters: {} }

describe('describeFault', () => {
  it.each<[Trigger, string]>([
    [{ on: 'nth', n: 1 }, 'the 1st call of the model openai'],
    [{ on: 'nth', n: 11 }, 'the 11th call of the model openai'],
    [{ on: 'nth', n: 23 }, 'the 23rd call of the model openai'],
    [{ on: 'every', n: 1 }, 'every call of the model openai'],
    [{ on: 'every', n: 2 }, 'every 2nd call of the model openai'],
    [{ on: 'rate', rate: 0.07 }, 'each call of the model openai, with a probability of 7 %,'],
    [{ on: 'rate', rate: 1 }, 'every call of the model openai'],
    [{ on: 'between', fromMs: 500, toMs: 61_000 }, 'each call of the model openai made from 0.5 s and before 61 s'],
    [{ on: 'between', fromMs: 0, toMs: 5_000 }, 'each call of the model openai made before 5 s'],
    [{ on: 'burst', from: 2, length: 3 }, 'each call of the model openai from the 2nd to the 4th'],
    [{ on: 'burst', from: 2, length: 1 }, 'the 2nd call of the model openai'],
    [{ on: 'until', n: 1 }, 'no call of the model openai'],
    [{ on: 'until', n: 2 }, 'the 1st call of the model openai'],
    [{ on: 'until', n: 4 }, 'each call of the model openai before the 4th'],
    [{ on: 'cycle', strikes: 1, spares: 2 }, 'every 3rd call of the model openai from the 1st'],
    [{ on: 'cycle', strikes: 4, spares: 1 }, 'each of the first 4 of every 5 calls of the model openai'],
    [
      { on: 'between', fromMs: 1_000, toMs: 5_000, rate: 0.25 },
      'each call of the model openai made from 1 s and before 5 s, with a probability of 25 %,',
    ],
  ])('says when a fault fires: %j', (trigger, subject) => {
    expect(describeFault({ ...quota, trigger })).toBe(`${subject} is answered 429 insufficient_quota`)
  })

  it('counts what a fault counts, where that is not every call', () => {
    const slow = { id: 'mcp.slow', target: { kind: 'mcp', name: 'orders' }, parameters: { ms: 5_000 } } as const
    const trigger = { on: 'nth', n: 2 } as const
    expect(describeFault({ ...slow, trigger })).toBe('the 2nd tool call of the MCP server orders is answered 5 s late')
    expect(describeFault({ ...slow, trigger, only: [1] })).toMatch(/^the 1st tool call of the MCP server orders/)
  })

  it('speaks of any upstream of a kind where the plan names none', () => {
    expect(describeFault({ ...quota, target: { kind: 'model', name: '*' } })).toMatch(/^the 2nd call of any model is/)
  })

  it.each<[string, Fault['parameters'], string]>([
    ['openai.429.tpm', { waitMs: 102_653 }, 'for its tokens per minute, to be retried after 102.653 s'],
    ['net.reset', { isWorkDone: true }, 'is cut off (ECONNRESET) after its work is done'],
    ['context.huge_tool_result', { words: 150_000 }, 'is answered with 150,000 words too many'],
    [
      'policy.forbidden_tool',
      { tool: 'delete_customer', arguments: { id: 'C-7' } },
      'is answered with a call of the forbidden tool delete_customer {"id":"C-7"}',
    ],
  ])('says what %s does, with its parameters', (id, parameters, words) => {
    expect(describeFault({ ...quota, id, parameters })).toContain(words)
  })

  it('names the only strikes that a fault is limited to', () => {
    const trigger = { on: 'rate', rate: 0.5 } as const
    expect(describeFault({ ...quota, trigger, only: [3] })).toMatch(/^the 3rd call of the model openai is answered/)
    expect(describeFault({ ...quota, trigger, only: [1, 2, 22] })).toMatch(
      /^each of the 1st, 2nd and 22nd call of the model openai is answered/,
    )
  })

  it('falls back on the summary of the catalogue where parameters are missing, and on the ID outside it', () => {
    expect(describeFault({ ...quota, id: 'latency.fixed' })).toBe(
      'the 2nd call of the model openai meets latency.fixed: the answer comes ms later',
    )
    expect(describeFault({ ...quota, id: 'own.fault', parameters: { constructor: 1 } })).toBe(
      'the 2nd call of the model openai meets own.fault {"constructor":1}',
    )
  })

  it('has words of its own for every member of the catalogue, whatever its parameters', () => {
    const anyFault = fc.oneof(...catalogue.map(({ id }) => memberArbitrary(id, model)))
    fc.assert(
      fc.property(anyFault, (fault) => {
        // Some members have a form that is called null.
        const isNull = 'form' in fault.parameters && fault.parameters['form'] === 'null'
        const words = isNull ? describeFault(fault).replace(/: null$| \(null\)/, '') : describeFault(fault)
        expect(words).not.toMatch(/meets|undefined|NaN|null|\[object/)
      }),
      { numRuns: 1_000 },
    )
  })
})
