import { z } from 'zod'

const tool = z.string().min(1)
const children = z.array(tool).min(1)

/** One rule on the order, the number and the consequence of tool calls. */
export const toolRuleSchema = z.discriminatedUnion('kind', [
  /** The first call of a run is this tool's, or that of another tool with the same rule. */
  z.strictObject({ kind: z.literal('run_first'), tool }),
  /** Right after this tool, only its children may run, and the run goes on. */
  z.strictObject({ kind: z.literal('child'), tool, children }),
  /** The children may run only after this tool has run. A child of several such tools needs them all. */
  z.strictObject({ kind: z.literal('parent_only'), tool, children }),
  /** Right after this tool, its result decides which tool may run, and the run goes on. */
  z.strictObject({
    kind: z.literal('conditional'),
    tool,
    /** The field of a JSON result that is looked at; absent: the whole result. */
    field: z.string().min(1).optional(),
    /** By the result as text, the tool that may run. */
    byResult: z.record(z.string(), tool),
    /** The tool for every other result; absent: any. */
    otherwise: tool.optional(),
  }),
  /** The run goes on after this tool, whether the model asked for that or not. */
  z.strictObject({ kind: z.literal('continue'), tool }),
  /** The run ends with this tool. */
  z.strictObject({ kind: z.literal('terminal'), tool }),
  /** The run does not end of itself before this tool has run. */
  z.strictObject({ kind: z.literal('required_before_exit'), tool }),
  /** The tool runs so many times in a run, and not once more. */
  z.strictObject({ kind: z.literal('maximum_count'), tool, count: z.int().min(1) }),
  /** The tool runs only after somebody has approved these very arguments. */
  z.strictObject({ kind: z.literal('requires_approval'), tool }),
])

export type ToolRule = z.output<typeof toolRuleSchema>
export type ToolRuleKind = ToolRule['kind']
export type RuleOf<Kind extends ToolRuleKind> = Extract<ToolRule, { kind: Kind }>

/** Rules on tools, free of contradictions among themselves. */
export const toolRulesSchema = z.array(toolRuleSchema).superRefine((rules, context) => {
  const message = contradiction(rules)
  if (message !== null) context.addIssue({ code: 'custom', message })
})

/** The rules of one kind. */
export function rulesOf<Kind extends ToolRuleKind>(kind: Kind, rules: readonly ToolRule[]): RuleOf<Kind>[] {
  return rules.filter((rule): rule is RuleOf<Kind> => rule.kind === kind)
}

/** Whether a tool stands under a rule of that kind. */
export function hasRule(kind: ToolRuleKind, name: string, rules: readonly ToolRule[]): boolean {
  return rules.some((rule) => rule.kind === kind && rule.tool === name)
}

/** The tools that the rules name and that there are not, so that a misspelt rule does not silently bind nobody. */
export function unknownTools(rules: readonly ToolRule[], tools: readonly string[]): string[] {
  const named = rules.flatMap((rule) => [rule.tool, ...('children' in rule ? rule.children : []), ...targets(rule)])
  return [...new Set(named)].filter((name) => !tools.includes(name))
}

function targets(rule: ToolRule): string[] {
  if (rule.kind !== 'conditional') return []
  return [...Object.values(rule.byResult), ...(rule.otherwise === undefined ? [] : [rule.otherwise])]
}

/** What decides alone what comes after a tool. */
const successions: readonly ToolRuleKind[] = ['child', 'conditional', 'terminal']

function contradiction(rules: readonly ToolRule[]): string | null {
  for (const { tool: name } of rules) {
    const deciding = rules.filter((rule) => rule.tool === name && successions.includes(rule.kind))
    if (deciding.length > 1) {
      return `must have one rule at most on what follows "${name}" (${deciding.map(({ kind }) => kind).join(', ')})`
    }
    if (hasRule('continue', name, rules) && hasRule('terminal', name, rules)) {
      return `must not both end and continue the run after "${name}"`
    }
    if (rules.filter((rule) => rule.tool === name && rule.kind === 'maximum_count').length > 1) {
      return `must have one maximum count for "${name}"`
    }
    if (hasRule('run_first', name, rules) && parentsOf(name, rules).some((parent) => parent !== name)) {
      return `must not let "${name}" run first and only after ${parentsOf(name, rules).join(', ')}`
    }
  }
  return null
}

function parentsOf(name: string, rules: readonly ToolRule[]): string[] {
  return rulesOf('parent_only', rules)
    .filter(({ children: names }) => names.includes(name))
    .map(({ tool: parent }) => parent)
}
