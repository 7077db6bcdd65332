import type { ReferenceAgent } from '../task/agent.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import { observed } from './observed.ts'
import type { TaskBegun, TaskEnded, TaskObserver, Watch } from './observer.ts'
import type { TaskEvent } from './task-event.ts'

/** What an observer is told of the tasks of an agent, besides the task. */
export type ObservedTask = Omit<TaskBegun, 'task'>

/**
 * An agent whose tasks are observed, from outside of whatever it is put into. What goes on inside a task is told by the
 * agent's own option `observer`.
 */
export function observedAgent(agent: ReferenceAgent, observer: TaskObserver, about: ObservedTask): ReferenceAgent {
  return (task, given) => {
    let ended: Omit<TaskEnded, 'outcome'> = { steps: 0, usage: null }
    const listen = (event: TaskEvent): void => {
      if (event.type === 'ended') ended = { steps: event.steps, usage: event.usage }
      given.onEvent?.(event)
    }
    const begin = (): Watch<AgentOutcome> | undefined => {
      const watch = observer.task?.({ task, ...about })
      return (
        watch && {
          within: (work) => watch.within(work),
          succeeded: (outcome) => watch.succeeded({ outcome, ...ended }),
          failed: (error) => watch.failed(error),
        }
      )
    }
    return observed(begin, () => agent(task, { ...given, onEvent: listen }))
  }
}
