import { hasRule, rulesOf } from './tool-rule.ts'
import type { RuleOf, ToolRule } from './tool-rule.ts'

/** A call that ran in this run, and what came of it. */
export interface PastCall {
  readonly tool: string
  /** As the model was told. */
  readonly result: string
}

/**
 * The tools that may run next, in the order of `available`.
 *
 * No tool at all is a possible answer, and means none: a rule that leaves nothing must not become leave for everything.
 *
 * @param history the calls that ran in this run, oldest first; what was refused is none of them
 */
export function allowedTools(
  rules: readonly ToolRule[],
  available: readonly string[],
  history: readonly PastCall[],
): string[] {
  const permitted = available.filter((name) => rules.every((rule) => permits(rule, name, history)))
  if (history.length > 0 || rulesOf('run_first', rules).length === 0) return permitted
  return permitted.filter((name) => hasRule('run_first', name, rules))
}

/** The tool that the model is told to call, because no other may run; null where it has a choice. */
export function forcedTool(rules: readonly ToolRule[], allowed: readonly string[]): string | null {
  return rules.length > 0 && allowed.length === 1 ? (allowed[0] ?? null) : null
}

/** The required tools that have not run yet. */
export function uncalledTools(rules: readonly ToolRule[], history: readonly PastCall[]): string[] {
  const required = rulesOf('required_before_exit', rules).map(({ tool }) => tool)
  return [...new Set(required)].filter((name) => !history.some(({ tool }) => tool === name))
}

/** The tools to which a rule sends the run from its last call; null where no rule does. */
export function successors(rules: readonly ToolRule[], history: readonly PastCall[]): readonly string[] | null {
  const last = history.at(-1)
  if (!last) return null
  const child = rulesOf('child', rules).find(({ tool }) => tool === last.tool)
  if (child) return child.children
  const conditional = rulesOf('conditional', rules).find(({ tool }) => tool === last.tool)
  const next = conditional && nextByResult(conditional, last.result)
  return next === undefined ? null : [next]
}

function permits(rule: ToolRule, name: string, history: readonly PastCall[]): boolean {
  switch (rule.kind) {
    case 'child':
    case 'conditional': {
      const next = history.at(-1)?.tool === rule.tool ? successors([rule], history) : null
      return next === null || next.includes(name)
    }
    case 'parent_only':
      return !rule.children.includes(name) || history.some(({ tool }) => tool === rule.tool)
    case 'maximum_count':
      return name !== rule.tool || history.filter(({ tool }) => tool === name).length < rule.count
    default:
      return true
  }
}

function nextByResult({ field, byResult, otherwise }: RuleOf<'conditional'>, result: string): string | undefined {
  const key = resultKey(result, field)
  return key !== null && Object.hasOwn(byResult, key) ? byResult[key] : otherwise
}

/** The result, or one field of it, as the rule writes it: text as it is, other values of JSON as JSON. */
function resultKey(result: string, field: string | undefined): string | null {
  const value = field === undefined ? parsed(result) : fieldOf(parsed(result), field)
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? null)
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined
  return Object.entries(value).find(([name]) => name === field)?.[1]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
