import { parseAgentOptions } from './agent-options.ts'
import type { AgentOptions } from './agent-options.ts'
import { defaultParts } from './agent-parts.ts'
import type { AgentParts } from './agent-parts.ts'
import { noSource } from './task/answered.ts'
import type { Answered } from './task/answered.ts'
import { openPersistence } from './store/persistence.ts'
import { harmless } from './events/task-event.ts'
import { answerFromChain } from './fallback/fallback-chain.ts'
import { interruptionOf } from './errors/interruption.ts'
import { counted } from './operations/agent-totals.ts'
import type { CountedAgent } from './operations/agent-totals.ts'
import type { StopReason } from './task/outcome.ts'
import { withClaims } from './task/outcome-claims.ts'
import { unlessInSafeMode } from './task/safe-mode.ts'
import { openSharedState } from './task/shared-state.ts'
import { DeadlineError, StopError } from './errors/stop-error.ts'
import { TaskLog } from './task/task-log.ts'
import type { TaskRun } from './task/task-run.ts'
import { withinLimit } from './resilience/time-limit.ts'

/**
 * Makes the reference agent: a step loop on the OpenAI client with typed tools, its own retries, timeouts and policy.
 *
 * The SDK's retries are off: it repeats requests that no wait can mend and shortens waits that the server asked for.
 * Breakers, bulkheads, fallbacks, safe mode and streaming are there where the options have them. Tasks of one agent
 * share its endpoints with their guards, and the answers that it keeps. With a store, a task that was not answered
 * goes on where it stood when it is handed over again, also to another process; one that was is answered alike.
 *
 * `totals()` tells what has become of its tasks so far.
 *
 * @param parts replacements for single decisions, for variants that differ in one behaviour
 * @throws {TypeError} one sentence, where an option is wrong; a task never rejects
 */
export function createReferenceAgent(options: AgentOptions, parts: Partial<AgentParts> = {}): CountedAgent {
  const settings = parseAgentOptions(options)
  const decisions = { ...defaultParts, ...parts }
  const shared = openSharedState(settings, decisions)
  return counted(async (task, { signal, onEvent }) => {
    const run: TaskRun = {
      ...{ task, signal, endsAtMs: Infinity, settings, parts: decisions, shared },
      ...{ ...openPersistence(settings, task), step: 0, denied: new Set<string>(), log: new TaskLog() },
      tell: harmless(onEvent),
    }
    const answered = await unlessInSafeMode(run, () => settleInTime(run))
    if (run.journal) await run.journal.stopped(answered.outcome)
    const outcome = withClaims(answered, run)
    run.tell({ type: 'ended', outcome, steps: run.log.step, usage: run.log.usage })
    return outcome
  })
}

function settleInTime(run: TaskRun): Promise<Answered> {
  const limit = { limitMs: run.settings.timeouts.taskMs, overdue: (limitMs: number) => new DeadlineError(limitMs) }
  return withinLimit(limit, run, (span) => settle({ ...run, ...span }))
}

async function settle(run: TaskRun): Promise<Answered> {
  try {
    return await answerFromChain(run)
  } catch (error) {
    // Whatever else went wrong on the way down, a cancelled task was cancelled.
    const cause = run.signal.aborted ? interruptionOf(run.signal) : error
    const stop: StopReason = cause instanceof StopError ? cause.stop : 'error'
    return { outcome: { answer: null, stop }, source: noSource }
  }
}
