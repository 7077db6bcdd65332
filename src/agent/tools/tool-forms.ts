import type { z } from 'zod'
import { hasHeartbeat, heartbeatParameter, withHeartbeat } from '../rules/heartbeat.ts'
import { hasRule } from '../rules/tool-rule.ts'
import type { ToolRule } from '../rules/tool-rule.ts'
import type { Tool } from './tool.ts'

/** What of an agent's options changes the form in which its tools are offered. */
interface ToolForms {
  readonly tools: Tool[]
  readonly rules: readonly ToolRule[]
  readonly continuation: 'calls' | 'heartbeat'
}

/** The options with the tools in the form in which they are offered; a tool that cannot have it is an issue of them. */
export function withToolForms<Options extends ToolForms>(options: Options, context: z.RefinementCtx): Options {
  const { tools, rules, continuation } = options
  if (continuation !== 'heartbeat') return options
  const clash = tools.find(hasHeartbeat)
  if (clash) {
    const message = `must have no argument "${heartbeatParameter}" of their own where the model asks for heartbeats, and "${clash.name}" has one`
    context.addIssue({ code: 'custom', path: ['tools'], message })
  }
  return { ...options, tools: tools.map((tool) => withHeartbeat(tool, !hasRule('terminal', tool.name, rules))) }
}
