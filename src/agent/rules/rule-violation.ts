import { allowedTools } from './allowed-tools.ts'
import type { PastCall } from './allowed-tools.ts'
import { hasRule } from './tool-rule.ts'
import type { ToolRule } from './tool-rule.ts'

/** What a rule has against one call of a batch. */
export interface Objection {
  /** Why, for the model, to follow "was not executed:". */
  readonly reason: string
  /** Whether a rule was violated; a call behind a terminal one comes too late and violates nothing. */
  readonly violates: boolean
}

/**
 * What the rules have against the next call of a reply; null where it may run.
 *
 * The calls of one reply stand under the rules one after another, as if each had come alone. A call right behind one
 * whose result decides what may follow has come too early: nobody knows the result yet.
 *
 * @param accepted the calls of the same reply that are going to run before it
 */
export function objectionTo(
  name: string,
  rules: readonly ToolRule[],
  available: readonly string[],
  history: readonly PastCall[],
  accepted: readonly string[],
): Objection | null {
  const ended = accepted.find((tool) => hasRule('terminal', tool, rules))
  if (ended !== undefined) return { reason: `${ended} ends the run`, violates: false }
  const before = accepted.at(-1)
  if (before !== undefined && hasRule('conditional', before, rules)) {
    return { reason: `the result of ${before} decides which tool may run next; call that one then`, violates: true }
  }
  const allowed = allowedTools(rules, available, [...history, ...accepted.map((tool) => ({ tool, result: '' }))])
  if (allowed.includes(name)) return null
  const which = allowed.length === 0 ? 'no tool may run now' : `the tools that may run now are ${allowed.join(', ')}`
  return { reason: `a tool rule forbids it at this point; ${which}`, violates: true }
}
