import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedTools, forcedTool, successors, uncalledTools } from '../../../src/agent/rules/allowed-tools.ts'
import type { PastCall } from '../../../src/agent/rules/allowed-tools.ts'
import { toolRulesSchema } from '../../../src/agent/rules/tool-rule.ts'
import type { ToolRule } from '../../../src/agent/rules/tool-rule.ts'

const tools = ['a', 'b', 'c', 'd']

function past(...names: string[]): PastCall[] {
  return names.map((tool) => ({ tool, result: 'done' }))
}

describe('the tools that may run next', () => {
  it('are all where there is no rule', () => {
    expect(allowedTools([], tools, [])).toEqual(tools)
  })

  it('are those that run first, until one of them has run', () => {
    const rules: ToolRule[] = [
      { kind: 'run_first', tool: 'c' },
      { kind: 'run_first', tool: 'a' },
    ]
    expect(allowedTools(rules, tools, [])).toEqual(['a', 'c'])
    expect(allowedTools(rules, tools, past('a'))).toEqual(tools)
  })

  it('are the children right after their tool, and all again after that', () => {
    const rules: ToolRule[] = [{ kind: 'child', tool: 'a', children: ['b', 'c'] }]
    expect(allowedTools(rules, tools, past('a'))).toEqual(['b', 'c'])
    expect(allowedTools(rules, tools, past('a', 'b'))).toEqual(tools)
  })

  it('have no child of a tool that has not run', () => {
    const rules: ToolRule[] = [{ kind: 'parent_only', tool: 'a', children: ['b', 'c'] }]
    expect(allowedTools(rules, tools, past('d'))).toEqual(['a', 'd'])
    expect(allowedTools(rules, tools, past('a', 'd'))).toEqual(tools)
  })

  it.each([
    ['{"state":"paid","sum":5}', ['b']],
    ['{"state":true}', ['c']],
    ['{"state":"open"}', ['d']],
    ['{"sum":5}', ['d']],
    ['not JSON', ['d']],
    ['{"state":"constructor"}', ['d']],
  ])('are decided by a field of the last result: %s', (result, expected) => {
    const rules: ToolRule[] = [
      { kind: 'conditional', tool: 'a', field: 'state', byResult: { paid: 'b', true: 'c' }, otherwise: 'd' },
    ]
    expect(allowedTools(rules, tools, [{ tool: 'a', result }])).toEqual(expected)
  })

  it('are all where the result of a conditional tool is none of those foreseen', () => {
    const rules: ToolRule[] = [{ kind: 'conditional', tool: 'a', byResult: { yes: 'b' } }]
    expect(allowedTools(rules, tools, [{ tool: 'a', result: 'yes' }])).toEqual(['b'])
    expect(allowedTools(rules, tools, [{ tool: 'a', result: 'no' }])).toEqual(tools)
    expect(successors(rules, [{ tool: 'a', result: 'no' }])).toBeNull()
  })

  it('are exactly n calls of a tool with a maximum', () => {
    const rules: ToolRule[] = [{ kind: 'maximum_count', tool: 'a', count: 2 }]
    expect(allowedTools(rules, tools, past('a', 'b'))).toContain('a')
    expect(allowedTools(rules, tools, past('a', 'b', 'a'))).not.toContain('a')
  })

  it('are none where the rules leave none, and never all instead', () => {
    const rules: ToolRule[] = [
      { kind: 'child', tool: 'a', children: ['b'] },
      { kind: 'maximum_count', tool: 'b', count: 1 },
    ]
    expect(allowedTools(rules, tools, past('a', 'b', 'a'))).toEqual([])
  })
})

describe('any rules and any run that keeps to them', () => {
  it('allow a call exactly where the whole run, read anew, stays within every rule', () => {
    fc.assert(
      fc.property(rulesArbitrary(), fc.array(fc.nat({ max: 6 }), { maxLength: 8 }), (rules, choices) => {
        const history: PastCall[] = []
        for (const choice of choices) {
          const allowed = allowedTools(rules, tools, history)
          const legal = tools.filter((tool) => isWithin(rules, [...history.map((call) => call.tool), tool]))
          expect(allowed).toEqual(legal)
          const tool = allowed[choice % Math.max(1, allowed.length)]
          if (tool === undefined) return
          history.push({ tool, result: 'done' })
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('the tool that is forced', () => {
  it('is the only one that the rules leave, and none where there are no rules', () => {
    const rules: ToolRule[] = [{ kind: 'run_first', tool: 'b' }]
    expect(forcedTool(rules, allowedTools(rules, tools, []))).toBe('b')
    expect(forcedTool(rules, allowedTools(rules, tools, past('b')))).toBeNull()
    expect(forcedTool([], ['a'])).toBeNull()
  })
})

describe('required tools', () => {
  it('are uncalled until each has run once', () => {
    const rules: ToolRule[] = [
      { kind: 'required_before_exit', tool: 'a' },
      { kind: 'required_before_exit', tool: 'b' },
    ]
    expect(uncalledTools(rules, past('c'))).toEqual(['a', 'b'])
    expect(uncalledTools(rules, past('b', 'c'))).toEqual(['a'])
    expect(uncalledTools(rules, past('b', 'a'))).toEqual([])
  })
})

/** The rules once more, told of a whole run instead of its next call. */
function isWithin(rules: readonly ToolRule[], run: readonly string[]): boolean {
  const first = rules.filter((rule) => rule.kind === 'run_first').map((rule) => rule.tool)
  if (first.length > 0 && !first.includes(run[0] ?? '')) return false
  return rules.every((rule) => {
    const indices = run.flatMap((tool, index) => (tool === rule.tool ? [index] : []))
    if (rule.kind === 'child') {
      return indices.every((index) => index + 1 === run.length || rule.children.includes(run[index + 1] ?? ''))
    }
    if (rule.kind === 'parent_only') {
      const firstChild = run.findIndex((tool) => rule.children.includes(tool))
      return firstChild === -1 || run.slice(0, firstChild).includes(rule.tool)
    }
    return rule.kind !== 'maximum_count' || indices.length <= rule.count
  })
}

function rulesArbitrary(): fc.Arbitrary<readonly ToolRule[]> {
  const tool = fc.constantFrom(...tools)
  const children = fc.uniqueArray(tool, { minLength: 1 })
  const rule: fc.Arbitrary<ToolRule> = fc.oneof(
    fc.record({ kind: fc.constant('run_first' as const), tool }),
    fc.record({ kind: fc.constant('child' as const), tool, children }),
    fc.record({ kind: fc.constant('parent_only' as const), tool, children }),
    fc.record({ kind: fc.constant('maximum_count' as const), tool, count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('terminal' as const), tool }),
  )
  return fc.array(rule, { maxLength: 5 }).filter((rules) => toolRulesSchema.safeParse(rules).success)
}
