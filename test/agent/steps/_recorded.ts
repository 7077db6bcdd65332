import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import type { TaskEvent, TaskEventType } from '../../../src/agent/events/task-event.ts'
import { memoryStore } from '../../../src/agent/store/memory-store.ts'
import type { AgentStore } from '../../../src/agent/store/agent-store.ts'
import type { AgentOutcome } from '../../../src/agent/task/outcome.ts'
import type { ReferenceAgent } from '../../../src/agent/task/agent.ts'
import { atTheDesk } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

export const task = { id: 'task-1', input: 'Where is my order?' }

/** What one handing-over of a task told, and what the store has of it. */
export interface Recorded {
  readonly outcome: AgentOutcome
  readonly events: readonly TaskEvent[]
  readonly store: AgentStore
}

/** Hands the task over, and hears it. */
export async function handOver(
  agent: ReferenceAgent,
  signal: AbortSignal = new AbortController().signal,
): Promise<Omit<Recorded, 'store'>> {
  const events: TaskEvent[] = []
  const outcome = await agent(task, { signal, onEvent: (event) => events.push(event) })
  return { outcome, events }
}

/** One task at the desk of an agent with a store in memory. */
export async function recorded(
  { options, ...desk }: Desk,
  signal?: AbortSignal,
): Promise<Recorded & { readonly played: Awaited<ReturnType<typeof atTheDesk>> }> {
  const store = memoryStore()
  const kept: Partial<AgentOptions> = { store, ...options }
  const played = await atTheDesk({ ...desk, options: kept }, (_ask, agent) => handOver(agent, signal))
  return { ...played.value, store, played }
}

/** The events of one type. */
export function eventsOf<Type extends TaskEventType>(
  events: readonly TaskEvent[],
  type: Type,
): Extract<TaskEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<TaskEvent, { type: Type }> => event.type === type)
}

/** How far each step came, e.g. `1 started`. */
export function progressions(events: readonly TaskEvent[]): string[] {
  return eventsOf(events, 'step_progressed').map(({ step, progression }) => `${step} ${progression}`)
}
