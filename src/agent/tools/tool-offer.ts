import type { OfferedTool, ToolChoice } from '../providers/provider.ts'
import { allowedTools, forcedTool } from '../rules/allowed-tools.ts'
import type { TaskRun } from '../task/task-run.ts'

/** The tools that the model is offered, and what it is told of calling them. */
export interface ToolOffer {
  readonly tools: readonly OfferedTool[]
  readonly toolChoice: ToolChoice
}

/** For a model that is to call nothing. */
export const noOffer: ToolOffer = { tools: [], toolChoice: 'auto' }

/** Names of the tools that the policy does not forbid. */
export function permittedTools({ settings: { tools, policy } }: TaskRun): string[] {
  return tools.map(({ name }) => name).filter((name) => !policy.forbidden.includes(name))
}

/**
 * What the model is offered next: what policy and rules leave.
 *
 * A model should not be led to ask for what it will not get. Where one tool alone may run, it is told to call it.
 */
export function offerOf(run: TaskRun): ToolOffer {
  const { rules, tools, toolCalls } = run.settings
  const allowed = allowedTools(rules, permittedTools(run), run.log.calls)
  const forced = forcedTool(rules, allowed)
  return {
    tools: tools.filter(({ name }) => allowed.includes(name)),
    toolChoice: forced !== null ? { tool: forced } : toolCalls,
  }
}
