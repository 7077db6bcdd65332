import { z } from 'zod'
import { parseAgentOptions } from '../../agent-options.ts'
import type { AgentOptions, AgentSettings } from '../../agent-options.ts'
import type { AgentParts } from '../../agent-parts.ts'
import { DeadlineError } from '../../errors/stop-error.ts'
import { createReferenceAgent } from '../../reference-agent.ts'
import { withinLimit } from '../../resilience/time-limit.ts'
import type { AgentOutcome } from '../../task/outcome.ts'
import type { ReferenceAgent } from '../../task/agent.ts'
import { defineTool } from '../../tools/tool.ts'
import type { Tool } from '../../tools/tool.ts'
import { currentMeter } from '../task-meter.ts'
import { currentDelegation, inDelegation } from './delegation.ts'
import type { Delegation } from './delegation.ts'
import { approveByAll, inheritedParts } from './inherited-parts.ts'

/** How a task is passed on. */
export interface DelegateOptions {
  readonly name: string
  readonly description: string
  /** The agent that is given the task; a function, so that agents may name each other. */
  readonly agent: () => AgentOptions
  readonly parts?: Partial<AgentParts>
}

interface Child {
  readonly agent: ReferenceAgent
  readonly settings: AgentSettings
}

/**
 * A tool that gives a task to another agent and answers with its answer.
 *
 * The other agent has what is left of the time, the steps and the retries of the task, and may do nothing that an
 * agent before it may not; what counts as the user's words are those said to the first. It runs alone, once for each
 * wording, and is one agent for all tasks that are passed to it.
 */
export function delegateTool({ name, description, agent, parts = {} }: DelegateOptions): Tool {
  let made: Child | null = null
  const tool = defineTool({
    name,
    description,
    parameters: z.object({ task: z.string().min(1).describe('What is to be done, with all that is needed for it.') }),
    effectful: true,
    execute: async ({ task }, { signal, idempotencyKey }) => {
      const around = currentDelegation()
      if (!around) throw new Error('the agent was not made to pass tasks on')
      made ??= childOf(agent(), parts)
      const outcome = await passOn(
        made,
        around,
        { id: idempotencyKey ?? `${around.taskId}:${name}`, input: task },
        signal,
      )
      if (outcome.stop === 'end_turn' && outcome.answer !== null) return outcome.answer
      throw new Error(`the agent behind it gave no answer (${outcome.stop})`)
    },
  })
  return {
    ...tool,
    prepare(argumentsText) {
      const problem = whyNot(currentDelegation())
      return problem === null ? tool.prepare(argumentsText) : { problem }
    },
  }
}

function childOf(options: AgentOptions, parts: Partial<AgentParts>): Child {
  const settings = parseAgentOptions(options)
  const policy = { ...options.policy, approve: approveByAll }
  return { settings, agent: createReferenceAgent({ ...options, policy }, inheritedParts(parts)) }
}

/** Why a task cannot be passed on, for the model; null where it can. */
function whyNot(around: Delegation | null): string | null {
  if (!around) return 'the agent was not made to pass tasks on'
  if (around.depth >= around.maxDepth)
    return `the task was passed on ${around.depth} times, which is the limit; do it yourself`
  if (repliesLeft(around) < 1) return 'no step is left for another agent; do it yourself'
  return around.endsAtMs - performance.now() < 1 ? 'no time is left for another agent' : null
}

/** One is kept for the agent that passes the task on: somebody has to read the answer. */
function repliesLeft({ maxReplies, replies, passedOn }: Delegation): number {
  return maxReplies - replies - passedOn - 1
}

async function passOn(
  { agent, settings }: Child,
  around: Delegation,
  task: { readonly id: string; readonly input: string },
  signal: AbortSignal,
): Promise<AgentOutcome> {
  const depth = around.depth + 1
  const meter = currentMeter()
  if (meter) meter.delegationDepth = Math.max(meter.delegationDepth, depth)
  const maxReplies = Math.min(settings.maxSteps, repliesLeft(around))
  const policies = [...around.policies, settings.policy]
  const own: Delegation = { ...around, taskId: task.id, depth, policies, maxReplies, replies: 0, passedOn: 0 }
  const leftMs = Math.floor(around.endsAtMs - performance.now())
  const limit = {
    limitMs: Number.isFinite(leftMs) ? leftMs : undefined,
    overdue: (limitMs: number) => new DeadlineError(limitMs),
  }
  const outcome = await withinLimit(limit, { signal, endsAtMs: around.endsAtMs }, (span) =>
    inDelegation(own, () => agent(task, { signal: span.signal })),
  )
  around.passedOn += own.replies + own.passedOn
  return outcome
}
