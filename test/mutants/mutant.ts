import type { Scenario } from 'shakedown'
import type { AgentParts } from '../../src/agent/agent-parts.ts'
import { createResilienceAgent } from '../../scenarios/resilience/resilience-agent.ts'
import resilience from '../../scenarios/resilience/resilience.scenario.ts'
import { createSupportAgent } from '../../scenarios/support/support-agent.ts'
import support from '../../scenarios/support/support-agent.scenario.ts'

/** The support scenario with an agent that differs from the real one in a single decision. */
export function mutant(behaviour: string, parts: Partial<AgentParts>): Scenario {
  return { ...support, name: `support agent that ${behaviour}`, agent: () => createSupportAgent(parts) }
}

/** The same for the library desk, whose agent has a breaker, a bulkhead, fallbacks and streams. */
export function resilienceMutant(behaviour: string, parts: Partial<AgentParts>): Scenario {
  return { ...resilience, name: `library desk that ${behaviour}`, agent: () => createResilienceAgent(parts) }
}
