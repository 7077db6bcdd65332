import { describe, expect, it } from 'vitest'
import { objectionTo } from '../../../src/agent/rules/rule-violation.ts'
import type { ToolRule } from '../../../src/agent/rules/tool-rule.ts'

const tools = ['a', 'b', 'c']

function objection(name: string, rules: ToolRule[], accepted: string[] = []) {
  return objectionTo(name, rules, tools, [], accepted)
}

describe('a call of a batch', () => {
  it('is told which tools may run', () => {
    expect(objection('a', [{ kind: 'run_first', tool: 'b' }])).toEqual({
      reason: 'a tool rule forbids it at this point; the tools that may run now are b',
      violates: true,
    })
  })

  it('is told where none may', () => {
    const rules: ToolRule[] = [
      { kind: 'child', tool: 'a', children: ['b'] },
      { kind: 'parent_only', tool: 'c', children: ['b'] },
    ]
    expect(objection('b', rules, ['a'])?.reason).toMatch(/no tool may run now/)
  })

  it('stands under the rules as if those before it had already run', () => {
    const rules: ToolRule[] = [
      { kind: 'parent_only', tool: 'a', children: ['b'] },
      { kind: 'maximum_count', tool: 'c', count: 1 },
    ]
    expect(objection('b', rules)).not.toBeNull()
    expect(objection('b', rules, ['a'])).toBeNull()
    expect(objection('c', rules, ['a'])).toBeNull()
    expect(objection('c', rules, ['c'])?.violates).toBe(true)
  })

  it('comes too early behind one whose result decides', () => {
    const rules: ToolRule[] = [{ kind: 'conditional', tool: 'a', byResult: { yes: 'b' } }]
    expect(objection('b', rules, ['a'])).toEqual({
      reason: 'the result of a decides which tool may run next; call that one then',
      violates: true,
    })
  })

  it('comes too late behind a terminal one, which is no violation', () => {
    expect(objection('b', [{ kind: 'terminal', tool: 'a' }], ['a'])).toEqual({
      reason: 'a ends the run',
      violates: false,
    })
  })
})
