import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideContinuation } from '../../../src/agent/rules/continuation.ts'
import type { EndedStep } from '../../../src/agent/rules/continuation.ts'
import type { ToolRule } from '../../../src/agent/rules/tool-rule.ts'

const terminal: ToolRule = { kind: 'terminal', tool: 'end' }
const child: ToolRule = { kind: 'child', tool: 'ask', children: ['answer'] }
const goOn: ToolRule = { kind: 'continue', tool: 'note' }
const required: ToolRule = { kind: 'required_before_exit', tool: 'report' }

/** A step in which the tools of these names ran. */
function after(ran: readonly string[], change: Partial<EndedStep> = {}): EndedStep {
  return {
    rules: [terminal, child, goOn],
    available: ['end', 'ask', 'answer', 'note', 'report', 'other'],
    history: ran.map((tool) => ({ tool, result: 'done' })),
    ran: ran.length,
    violated: false,
    wantsMore: false,
    isFinal: false,
    ...change,
  }
}

const withRequired = { rules: [terminal, child, goOn, required] }

describe('whether a run goes on', () => {
  it.each<[string, EndedStep, object]>([
    ['as the model wants: no', after(['other']), { continues: false, stop: 'end_turn' }],
    ['as the model wants: yes', after(['other'], { wantsMore: true }), { continues: true, reason: 'requested' }],
    ['a violated rule', after([], { violated: true }), { continues: true, reason: 'rule_violation' }],
    ['a violated rule above a terminal tool', after(['end'], { violated: true }), { reason: 'rule_violation' }],
    ['a terminal tool', after(['end']), { continues: false, stop: 'end_turn' }],
    ['a terminal tool above the wish', after(['end'], { wantsMore: true }), { continues: false, stop: 'tool_rule' }],
    ['a tool with children', after(['ask']), { continues: true, reason: 'child' }],
    [
      'a tool whose children may not run',
      after(['ask'], { rules: [child, { kind: 'parent_only', tool: 'other', children: ['answer'] }] }),
      { continues: false, stop: 'end_turn' },
    ],
    ['a continue tool', after(['note']), { continues: true, reason: 'continue' }],
    ['the last call of several', after(['note', 'other']), { continues: false, stop: 'end_turn' }],
    ['a call of an earlier step', after(['note'], { ran: 0 }), { continues: false, stop: 'end_turn' }],
    ['a required tool', after(['other'], withRequired), { continues: true, reason: 'required', uncalled: ['report'] }],
    ['a required tool above a terminal one', after(['end'], withRequired), { continues: true, reason: 'required' }],
    ['a required tool that has run', after(['report'], withRequired), { continues: false, stop: 'end_turn' }],
  ])('is decided by %s', (_case, step, expected) => {
    expect(decideContinuation(step)).toMatchObject(expected)
  })

  it('is no after the last step, whatever else there is', () => {
    const steps = fc.record({
      ran: fc.array(fc.constantFrom('end', 'ask', 'note', 'other')),
      violated: fc.boolean(),
      wantsMore: fc.boolean(),
    })
    fc.assert(
      fc.property(steps, ({ ran, ...rest }) => {
        const step = after(ran, { ...withRequired, ...rest, isFinal: true })
        expect(decideContinuation(step)).toEqual({ continues: false, stop: 'max_steps' })
      }),
    )
  })
})
