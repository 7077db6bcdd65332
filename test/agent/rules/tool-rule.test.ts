import { describe, expect, it } from 'vitest'
import { toolRulesSchema, unknownTools } from '../../../src/agent/rules/tool-rule.ts'

describe('tool rules', () => {
  it.each([
    [
      'a terminal tool with children',
      [
        { kind: 'terminal', tool: 'a' },
        { kind: 'child', tool: 'a', children: ['b'] },
      ],
      /one rule at most on what follows "a" \(terminal, child\)/,
    ],
    [
      'two rules on what follows',
      [
        { kind: 'child', tool: 'a', children: ['b'] },
        { kind: 'conditional', tool: 'a', byResult: { x: 'c' } },
      ],
      /\(child, conditional\)/,
    ],
    [
      'a tool that ends and continues the run',
      [
        { kind: 'terminal', tool: 'a' },
        { kind: 'continue', tool: 'a' },
      ],
      /both end and continue/,
    ],
    [
      'two maximum counts',
      [
        { kind: 'maximum_count', tool: 'a', count: 1 },
        { kind: 'maximum_count', tool: 'a', count: 2 },
      ],
      /one maximum count for "a"/,
    ],
    [
      'a first tool that needs another before it',
      [
        { kind: 'run_first', tool: 'b' },
        { kind: 'parent_only', tool: 'a', children: ['b'] },
      ],
      /"b" run first and only after a/,
    ],
    ['a maximum of none', [{ kind: 'maximum_count', tool: 'a', count: 0 }], /./],
    ['no children', [{ kind: 'child', tool: 'a', children: [] }], /./],
    ['a rule nobody knows', [{ kind: 'sometimes', tool: 'a' }], /./],
  ])('cannot have %s', (_case, rules, words) => {
    expect(toolRulesSchema.safeParse(rules).error?.issues[0]?.message).toMatch(words)
  })

  it('name the tools that there are not', () => {
    const rules = toolRulesSchema.parse([
      { kind: 'child', tool: 'a', children: ['b', 'x'] },
      { kind: 'conditional', tool: 'b', byResult: { ok: 'y' }, otherwise: 'z' },
      { kind: 'terminal', tool: 'x' },
    ])
    expect(unknownTools(rules, ['a', 'b'])).toEqual(['x', 'y', 'z'])
  })
})
