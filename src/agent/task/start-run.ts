import type { AgentSettings } from '../agent-options.ts'
import type { AgentParts } from '../agent-parts.ts'
import { heardBy } from '../events/heard-by.ts'
import { openPersistence } from '../store/persistence.ts'
import type { TaskOptions } from './agent.ts'
import type { AgentTask } from './outcome.ts'
import { TaskLog } from './task-log.ts'
import type { SharedState, TaskRun } from './task-run.ts'

/** An agent as its tasks find it. */
export interface OpenAgent {
  readonly settings: AgentSettings
  readonly parts: AgentParts
  readonly shared: SharedState
}

/** Makes what one task of an agent has of its own. */
export function startRun(task: AgentTask, agent: OpenAgent, { signal, onEvent }: TaskOptions): TaskRun {
  return {
    ...{ task, signal, endsAtMs: Infinity, ...agent },
    ...{
      ...openPersistence(agent.settings, task),
      step: 0,
      denied: new Map<string, string | null>(),
      log: new TaskLog(),
    },
    tell: heardBy(agent.settings.observer, onEvent),
  }
}
