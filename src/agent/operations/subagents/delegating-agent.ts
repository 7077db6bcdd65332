import { z } from 'zod'
import { parseAgentOptions } from '../../agent-options.ts'
import type { AgentOptions } from '../../agent-options.ts'
import type { AgentParts } from '../../agent-parts.ts'
import { parseOptions } from '../../errors/parse-options.ts'
import { createReferenceAgent } from '../../reference-agent.ts'
import type { ReferenceAgent } from '../../task/agent.ts'
import { Allowance, inDelegation } from './delegation.ts'
import { inheritedParts } from './inherited-parts.ts'

const limitsSchema = z.strictObject({
  /** How often a task may be passed on, one agent to the next. */
  maxDepth: z.int().min(0).default(3),
  /** Retries of all calls of a task, those of the agents behind it included; absent: as each agent likes. */
  maxRetries: z.int().min(0).optional(),
})

/**
 * A reference agent that may pass tasks on, with tools that `delegateTool` makes.
 *
 * Its `maxSteps`, its `timeouts.taskMs` and its policy hold for its task as a whole, whoever works on it. Its
 * `timeouts.toolMs` must leave an agent behind it time to answer.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function delegatingAgent(
  options: AgentOptions,
  limits: z.input<typeof limitsSchema> = {},
  parts: Partial<AgentParts> = {},
): ReferenceAgent {
  const { maxDepth, maxRetries = Infinity } = parseOptions('delegation', limitsSchema, limits)
  const { maxSteps, policy, timeouts } = parseAgentOptions(options)
  const agent = createReferenceAgent(options, inheritedParts(parts))
  return (task, given) => {
    const endsAtMs = performance.now() + (timeouts.taskMs ?? Infinity)
    const inherited = {
      maxDepth,
      endsAtMs,
      userWords: task.input,
      policies: [policy],
      retries: new Allowance(maxRetries),
    }
    const own = { taskId: task.id, depth: 0, maxReplies: maxSteps, replies: 0, passedOn: 0 }
    return inDelegation({ ...inherited, ...own }, () => agent(task, given))
  }
}
