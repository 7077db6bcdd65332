import type { AgentSettings } from '../agent-options.ts'
import type { AgentParts } from '../agent-parts.ts'
import { openPersistence } from '../store/persistence.ts'
import { openRecords } from '../steps/run-records.ts'
import type { TaskOptions } from './agent.ts'
import type { AgentTask } from './outcome.ts'
import type { SharedState, TaskRun } from './task-run.ts'

/** An agent as its tasks find it. */
export interface OpenAgent {
  readonly settings: AgentSettings
  readonly parts: AgentParts
  readonly shared: SharedState
}

/** Makes what one task of an agent has of its own. */
export function startRun(task: AgentTask, agent: OpenAgent, { signal, onEvent }: TaskOptions): TaskRun {
  const { settings, shared } = agent
  return {
    ...{ task, signal, endsAtMs: Infinity, ...agent },
    ...{ ...openPersistence(settings, task, shared.strike), step: 0, denied: new Map<string, string | null>() },
    ...openRecords(settings, onEvent),
  }
}
