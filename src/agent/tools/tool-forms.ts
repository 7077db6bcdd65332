import type { z } from 'zod'
import { strictTool } from '../format/strict-tool.ts'
import { hasHeartbeat, heartbeatParameter, withHeartbeat } from '../rules/heartbeat.ts'
import { hasRule } from '../rules/tool-rule.ts'
import type { ToolRule } from '../rules/tool-rule.ts'
import type { Tool } from './tool.ts'

/** What of an agent's options changes the form in which its tools are offered. */
interface ToolForms {
  readonly tools: Tool[]
  readonly rules: readonly ToolRule[]
  readonly continuation: 'calls' | 'heartbeat'
  readonly strictTools: boolean
}

/** The options with the tools in the form in which they are offered; a tool that cannot have it is an issue of them. */
export function withToolForms<Options extends ToolForms>(options: Options, context: z.RefinementCtx): Options {
  const { tools, rules, continuation, strictTools } = options
  const refuse = (message: string): void => context.addIssue({ code: 'custom', path: ['tools'], message })
  const strict = tools.map((tool) => (strictTools && tool.strict === undefined ? madeStrict(tool, refuse) : tool))
  if (continuation !== 'heartbeat') return { ...options, tools: strict }
  const clash = strict.find(hasHeartbeat)
  if (clash) {
    refuse(
      `must have no argument "${heartbeatParameter}" of their own where the model asks for heartbeats, and "${clash.name}" has one`,
    )
  }
  return { ...options, tools: strict.map((tool) => withHeartbeat(tool, !hasRule('terminal', tool.name, rules))) }
}

function madeStrict(tool: Tool, refuse: (message: string) => void): Tool {
  const made = strictTool(tool)
  if (!('because' in made)) return made
  refuse(`must be strict, and the arguments of "${tool.name}" cannot, because ${made.because}`)
  return tool
}
