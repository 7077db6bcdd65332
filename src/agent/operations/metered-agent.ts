import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { waitMs } from '../resilience/resilience-options.ts'
import type { AgentOutcome, AgentTask } from '../task/outcome.ts'
import type { ReferenceAgent } from '../task/agent.ts'
import type { AgentMetrics } from './agent-metrics.ts'
import { TaskMeter, onMeter } from './task-meter.ts'
import { resultOf } from './task-result.ts'
import type { TaskResult } from './task-result.ts'

/** Says whether an answer holds something that is not so. */
export type HallucinationJudge = (
  judged: { readonly task: AgentTask; readonly answer: string },
  options: { readonly signal: AbortSignal },
) => Promise<boolean>

const meteringSchema = z.strictObject({
  /** Asked of every answer before it is given; one that fails or takes too long leaves the answer unjudged. */
  judge: z.custom<HallucinationJudge>((value) => typeof value === 'function', 'must be a function').optional(),
  judgeTimeoutMs: waitMs.default(10_000),
})

type Metering = z.output<typeof meteringSchema>

/**
 * An agent whose tasks are measured. Its tool calls and violations are seen where its tools and its guard are metered
 * too, with `meteredTool` and `meteredGuard`.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function metered(
  agent: ReferenceAgent,
  metrics: AgentMetrics,
  options: z.input<typeof meteringSchema> = {},
): ReferenceAgent {
  const metering = parseOptions('metering', meteringSchema, options)
  return async (task, given) => {
    const meter = new TaskMeter()
    const startedMs = performance.now()
    const note = (result: TaskResult, tookMs: number, hallucinated: boolean | null): void =>
      metrics.add({ ...meter, result, tookMs, hallucinated })
    try {
      const outcome = await onMeter(meter, () => agent(task, given))
      const tookMs = performance.now() - startedMs
      note(resultOf(outcome), tookMs, await judged(task, outcome, metering, given.signal))
      return outcome
    } catch (error) {
      note('failure', performance.now() - startedMs, null)
      throw error
    }
  }
}

/** Null where it is not known: no judge, no answer, or a judge that did not say. */
async function judged(
  task: AgentTask,
  { answer }: AgentOutcome,
  { judge, judgeTimeoutMs }: Metering,
  around: AbortSignal,
): Promise<boolean | null> {
  if (!judge || answer === null) return null
  try {
    const verdict: unknown = await withDeadline('The judge', judgeTimeoutMs, around, async (signal) =>
      judge({ task, answer }, { signal }),
    )
    return typeof verdict === 'boolean' ? verdict : null
  } catch {
    return null
  }
}
