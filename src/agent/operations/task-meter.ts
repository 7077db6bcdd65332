import { AsyncLocalStorage } from 'node:async_hooks'
import type { Guard } from '../policy/policy-guard.ts'
import type { Tool } from '../tools/tool.ts'

/** What one task did, counted where it does it. */
export class TaskMeter {
  /** Calls that ran, each once however often it was attempted. */
  toolCalls = 0
  /** Calls that the policy judged. */
  judgedCalls = 0
  /** Calls that the policy refused. */
  policyViolations = 0
  /** How many agents deep the task was passed on; 0 where it was not. */
  delegationDepth = 0
}

/** Tools and guards know nothing of the task they work for; the async context does. */
const meters = new AsyncLocalStorage<TaskMeter>()

/** Runs a task on a meter of its own. */
export function onMeter<Result>(meter: TaskMeter, run: () => Promise<Result>): Promise<Result> {
  return meters.run(meter, run)
}

/** The meter of the task at hand; null where it has none. */
export function currentMeter(): TaskMeter | null {
  return meters.getStore() ?? null
}

/** A tool whose calls are counted. */
export function meteredTool(tool: Tool): Tool {
  return {
    ...tool,
    prepare(argumentsText) {
      const prepared = tool.prepare(argumentsText)
      if ('problem' in prepared) return prepared
      let isCounted = false
      return {
        call: {
          ...prepared.call,
          execute(context) {
            const meter = currentMeter()
            if (meter && !isCounted) meter.toolCalls += 1
            isCounted = true
            return prepared.call.execute(context)
          },
        },
      }
    },
  }
}

/** A guard whose verdicts are counted. */
export function meteredGuard(guard: Guard): Guard {
  return (call, policy, userInput) => {
    const verdict = guard(call, policy, userInput)
    const meter = currentMeter()
    if (meter) meter.judgedCalls += 1
    if (meter && verdict.verdict === 'refuse') meter.policyViolations += 1
    return verdict
  }
}
