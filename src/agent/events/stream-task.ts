import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import { untoldEnd } from './untold-end.ts'
import type { TaskEvent, TaskEventType } from './task-event.ts'

/** Which events are given, and how the task is cancelled. */
export interface StreamTaskOptions<Type extends TaskEventType> {
  readonly signal?: AbortSignal
  /** The types of event that are given; absent: all. The last one, `ended`, is given always. */
  readonly types?: readonly Type[]
}

/**
 * Runs a task and gives what it does as it happens; the tokens among it, where the agent streams.
 *
 * Leave out `delta` for a stream without tokens. It never throws: the last event says how the task ended, also where
 * what is around the agent has kept its events back or has thrown. A consumer
 * that stops early cancels the task.
 */
export async function* streamTask<Type extends TaskEventType = TaskEventType>(
  agent: ReferenceAgent,
  task: AgentTask,
  { signal, types }: StreamTaskOptions<Type> = {},
): AsyncGenerator<Extract<TaskEvent, { type: Type | 'ended' }>, void, void> {
  const left = new AbortController()
  const isWanted = (event: TaskEvent): event is Extract<TaskEvent, { type: Type | 'ended' }> =>
    event.type === 'ended' || types === undefined || types.some((type) => type === event.type)
  const waiting: Extract<TaskEvent, { type: Type | 'ended' }>[] = []
  let wake = Promise.withResolvers<void>()
  const onEvent = (event: TaskEvent): void => {
    if (isWanted(event)) waiting.push(event)
    wake.resolve()
  }
  const running = agent(task, { signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal, onEvent })
  const ending = running
    .catch((): AgentOutcome => ({ answer: null, stop: 'error' }))
    .then((outcome) => onEvent(untoldEnd(outcome)))
  try {
    for (;;) {
      const event = waiting.shift()
      if (event === undefined) {
        await wake.promise
        wake = Promise.withResolvers<void>()
        continue
      }
      yield event
      if (event.type === 'ended') return
    }
  } finally {
    left.abort()
    await ending
  }
}
