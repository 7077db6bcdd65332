import type { AgentParts } from '../agent-parts.ts'
import { defaultParts } from '../agent-parts.ts'
import type { TaskListener } from '../events/task-event.ts'
import { StopError } from '../errors/stop-error.ts'
import type { AgentOutcome } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import { StuckError, supervised } from './supervisor.ts'
import type { Life, Supervision } from './supervisor.ts'

/**
 * Parts of the agent that beat whenever it gets on: at a reply that asks for tools, at a call that is judged, before a
 * retry. A single call or wait that is in order must be shorter than the supervisor's timeout.
 */
export function beatingParts(
  heartbeat: () => void,
  parts: Partial<AgentParts> = {},
): Pick<AgentParts, 'stepLimit' | 'guard' | 'backoff'> {
  const { stepLimit, guard, backoff } = { ...defaultParts, ...parts }
  const beating =
    <Args extends unknown[], Result>(decide: (...args: Args) => Result) =>
    (...args: Args): Result => {
      heartbeat()
      return decide(...args)
    }
  return { stepLimit: beating(stepLimit), guard: beating(guard), backoff: beating(backoff) }
}

/**
 * An agent each task of which is supervised; `make` makes one for each life of a task.
 *
 * What the agent tells of its task is a heartbeat too. A task that is given up ends without an answer and with the stop `error`.
 *
 * @throws {TypeError} from the task, one sentence, where an option is wrong
 */
export function supervisedAgent(options: Supervision, make: (life: Life) => ReferenceAgent): ReferenceAgent {
  return async (task, { signal, onEvent }): Promise<AgentOutcome> => {
    try {
      return await supervised(options, signal, (life) => {
        const listen: TaskListener = (event) => {
          life.heartbeat()
          if (!life.signal.aborted) onEvent?.(event)
        }
        return make(life)(task, { signal: life.signal, onEvent: listen })
      })
    } catch (error) {
      if (error instanceof StuckError) return { answer: null, stop: 'error' }
      if (error instanceof StopError && signal.aborted) return { answer: null, stop: error.stop }
      throw error
    }
  }
}
