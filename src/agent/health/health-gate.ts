import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { StopError } from '../errors/stop-error.ts'
import { longestTimerMs } from '../resilience/resilience-options.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import { turnAway } from '../task/refused-task.ts'
import type { HealthMonitor } from './health-monitor.ts'
import type { HealthReport } from './health-report.ts'

/** Answers a task that is not given to an agent whose health does not allow it. */
export type InsteadOfIll = (
  task: AgentTask,
  options: { readonly signal: AbortSignal; readonly report: HealthReport },
) => Promise<AgentOutcome>

const gateSchema = z.strictObject({
  /** What is behind it, for the claims of tasks that it turns away. */
  name: z.string().min(1).default('the agent'),
  /** No task is refused by a report older than this, in milliseconds: the checks are asked again first. */
  recheckAfterMs: z.int().min(0).max(longestTimerMs).default(10_000),
  /** Answers where the agent is unhealthy, e.g. another agent. Absent: no answer, with the stop `error`. */
  instead: z.custom<InsteadOfIll>((value) => typeof value === 'function', 'must be a function').optional(),
})

/**
 * Puts an agent behind its health: while it is unhealthy, its tasks are refused or answered by somebody else.
 *
 * Degraded is good enough to try. A refusal rests on a report that is fresh; one that lets a task through may be as
 * old as the schedule of the monitor leaves it, since the agent's own guards come after it.
 *
 * @throws {TypeError} one sentence, where an option is wrong; a task rejects only where `instead` does
 */
export function healthGated(
  agent: ReferenceAgent,
  monitor: HealthMonitor,
  options: z.input<typeof gateSchema> = {},
): ReferenceAgent {
  const { name, recheckAfterMs, instead } = parseOptions('health gate', gateSchema, options)
  return async (task, given) => {
    const { signal } = given
    const report = await currentReport(monitor, recheckAfterMs, signal)
    // Whoever has cancelled is told so by the agent itself.
    if (report === null || report.status !== 'unhealthy') return agent(task, given)
    return instead?.(task, { signal, report }) ?? turnAway({ name, by: 'health' }, given)
  }
}

/** Null where the task was cancelled meanwhile. */
async function currentReport(
  monitor: HealthMonitor,
  recheckAfterMs: number,
  signal: AbortSignal,
): Promise<HealthReport | null> {
  const { latest } = monitor
  if (latest && (latest.report.status !== 'unhealthy' || latest.ageMs <= recheckAfterMs)) return latest.report
  try {
    return await monitor.check({ signal })
  } catch (error) {
    if (error instanceof StopError && signal.aborted) return null
    throw error
  }
}
