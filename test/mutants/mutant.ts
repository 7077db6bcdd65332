import type { Scenario } from 'shakedown'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import { createSupportAgent } from '../../scenarios/support/support-agent.ts'
import support from '../../scenarios/support/support-agent.scenario.ts'

/** The support scenario with an agent that differs from the real one in a single decision. */
export function mutant(behaviour: string, parts: Partial<AgentParts>): Scenario {
  return { ...support, name: `support agent that ${behaviour}`, agent: () => createSupportAgent(parts) }
}
