import { z } from 'zod'
import { parseInput } from '../contract/parse.ts'
import type { Objective } from './objective-schema.ts'
import { objectives } from './objectives.ts'

const share = z.number().min(0).max(1)

const agentSloSchema = z.strictObject({
  agent: z.string().min(1),
  taskSuccessRate: share.optional(),
  maxToolCallsPerTask: z.number().min(0).optional(),
  maxLatencyMs: z.int().min(1).optional(),
  maxErrorRate: share.optional(),
  minAvailability: share.optional(),
})

/** The dimensions in which an agent is promised to be reliable. */
export interface AgentSlo {
  /** Whose they are. */
  readonly agent: string
  /** The least share of tasks that are solved, 0 to 1. */
  readonly taskSuccessRate?: number
  /** The most tool calls of a task, on average. */
  readonly maxToolCallsPerTask?: number
  /** Virtual milliseconds within which 99 % of tasks settle: that all of them do, no number of trials can show. */
  readonly maxLatencyMs?: number
  /** The most trials in which a policy, approval or secret property is violated, 0 to 1. Failed tasks are `taskSuccessRate`. */
  readonly maxErrorRate?: number
  /** The least share of tasks that are answered at all, 0 to 1. */
  readonly minAvailability?: number
}

/**
 * The objectives of an agent in the dimensions that service level objectives of agents are usually written in, for the
 * `objectives` of a measure; those left out are none.
 *
 * The dimensions are those of Kanish Tyagi, "Agent SRE: SLOs, error budgets, and circuit breakers for AI agents".
 *
 * @throws {ShakedownError} of kind `usage` naming the field and its value
 */
export function agentSlo(slo: AgentSlo): Objective[] {
  const remedy = 'give shares from 0 to 1, a number of calls and whole milliseconds'
  const read = parseInput(agentSloSchema, slo, 'agentSlo', remedy)
  const { taskSuccessRate, maxToolCallsPerTask, maxLatencyMs, maxErrorRate, minAvailability } = read
  return [
    ...(taskSuccessRate === undefined ? [] : [objectives.taskSuccess(taskSuccessRate)]),
    ...(maxToolCallsPerTask === undefined ? [] : [objectives.toolCallsPerTask({ atMost: maxToolCallsPerTask })]),
    ...(maxLatencyMs === undefined ? [] : [objectives.latency({ p99Ms: maxLatencyMs })]),
    ...(maxErrorRate === undefined ? [] : [objectives.errorRate({ atMost: maxErrorRate })]),
    ...(minAvailability === undefined ? [] : [objectives.availability(minAvailability)]),
  ]
}
