import { allowedTools, successors, uncalledTools } from './allowed-tools.ts'
import type { PastCall } from './allowed-tools.ts'
import { hasRule } from './tool-rule.ts'
import type { ToolRule } from './tool-rule.ts'

/** One step that is over, as far as it matters for whether there is another. */
export interface EndedStep {
  readonly rules: readonly ToolRule[]
  /** Names of all tools that there are. */
  readonly available: readonly string[]
  /** The calls that ran in this run, those of this step included. */
  readonly history: readonly PastCall[]
  /** How many of them ran in this step. */
  readonly ran: number
  /** Whether a call was refused for a rule. */
  readonly violated: boolean
  /** Whether the run would go on without any rule: the model asked for it, or has yet to see results. */
  readonly wantsMore: boolean
  /** Whether the run has used up its steps. */
  readonly isFinal: boolean
}

/** Why a run goes on, for the model to read. */
export type ContinueReason = 'requested' | 'rule_violation' | 'child' | 'continue' | 'required'

/** Whether there is another step, and why, or why not. */
export type Continuation =
  | { readonly continues: true; readonly reason: ContinueReason; readonly uncalled: readonly string[] }
  | { readonly continues: false; readonly stop: 'end_turn' | 'max_steps' | 'tool_rule' }

/**
 * Decides whether a run goes on after a step.
 *
 * The first that applies decides: a violated rule, a terminal tool, a tool with successors, a continue tool, what the
 * model wants. Where that is an end, required tools that have not run keep the run going. The last step ends all of it.
 */
export function decideContinuation(step: EndedStep): Continuation {
  if (step.isFinal) return { continues: false, stop: 'max_steps' }
  const uncalled = uncalledTools(step.rules, step.history)
  const reason = ruleReason(step) ?? (step.wantsMore && !hasEnded(step) ? 'requested' : null)
  if (reason !== null) return { continues: true, reason, uncalled }
  if (uncalled.length > 0) return { continues: true, reason: 'required', uncalled }
  return { continues: false, stop: hasEnded(step) && step.wantsMore ? 'tool_rule' : 'end_turn' }
}

function ruleReason(step: EndedStep): ContinueReason | null {
  if (step.violated) return 'rule_violation'
  const last = step.ran > 0 ? step.history.at(-1) : undefined
  if (!last || hasEnded(step)) return null
  if (leadsOn(step)) return 'child'
  return hasRule('continue', last.tool, step.rules) ? 'continue' : null
}

/** Whether the last call sends the run to tools of which one may run. */
function leadsOn({ rules, available, history }: EndedStep): boolean {
  const allowed = allowedTools(rules, available, history)
  return successors(rules, history)?.some((name) => allowed.includes(name)) ?? false
}

function hasEnded({ rules, history, ran }: EndedStep): boolean {
  return ran > 0 && history.slice(-ran).some(({ tool }) => hasRule('terminal', tool, rules))
}
