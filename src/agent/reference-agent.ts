import { parseAgentOptions } from './agent-options.ts'
import type { AgentOptions, AgentSettings } from './agent-options.ts'
import { defaultParts } from './agent-parts.ts'
import type { AgentParts } from './agent-parts.ts'
import { noSource } from './task/answered.ts'
import type { Answered } from './task/answered.ts'
import type { RunJournal } from './store/run-journal.ts'
import { mayBeGivenAgain } from './fallback/cached-answer.ts'
import { observedAgent } from './events/observed-agent.ts'
import type { ObservedTask } from './events/observed-agent.ts'
import { answerFromChain } from './fallback/fallback-chain.ts'
import { interruptionOf } from './errors/interruption.ts'
import { counted } from './operations/agent-totals.ts'
import type { CountedAgent } from './operations/agent-totals.ts'
import { drainable } from './operations/drain.ts'
import type { ReferenceAgent } from './task/agent.ts'
import type { StopReason } from './task/outcome.ts'
import { classOfEnd } from './errors/model-failure.ts'
import { endClass } from './task/end-class.ts'
import { withClaims } from './task/outcome-claims.ts'
import { unlessInSafeMode } from './task/safe-mode.ts'
import { keepStopped, tellEnded } from './steps/run-records.ts'
import { openSharedState } from './task/shared-state.ts'
import { DeadlineError, StopError } from './errors/stop-error.ts'
import { startRun } from './task/start-run.ts'
import type { TaskRun } from './task/task-run.ts'
import { withinLimit } from './resilience/time-limit.ts'
import type { TimeLimit } from './resilience/time-limit.ts'

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
  const { observer, drain } = settings
  const bare: ReferenceAgent = async (task, asked) => {
    const run = startRun(task, { settings, parts: decisions, shared }, asked)
    const { journal } = run
    const settled = await (journal ? settleKept(run, journal) : unlessInSafeMode(run, () => settleInTime(run)))
    await keepStopped(settled.outcome, run)
    // It may have been cancelled while what it had come to was written down.
    const answered = journal && asked.signal.aborted ? stoppedBy(interruptionOf(asked.signal)) : settled
    const outcome = withClaims(answered, run)
    tellEnded(outcome, endClass(answered), run)
    return outcome
  }
  const agent = drain ? drainable(bare, drain) : bare
  return counted(observer ? observedAgent(agent, observer, observedTask(settings)) : agent)
}

/** What the observer is told of each task; keys are no more its business than other secrets. */
function observedTask({ client, fallback, policy }: AgentSettings): ObservedTask {
  const { provider, model, baseURL } = client
  const others = fallback?.sources.flatMap((source) => (source.kind === 'model' ? [source.client] : [])) ?? []
  const keys = [client, ...others].flatMap(({ apiKey }) => (typeof apiKey === 'string' ? [apiKey] : []))
  return { address: { provider, model, baseURL }, secrets: [...policy.secrets, ...keys] }
}

function settleInTime(run: TaskRun): Promise<Answered> {
  return withinLimit(taskLimit(run), run, (span) => settle({ ...run, ...span }, answerFromChain))
}

/**
 * The same with a store: what the task came to before is what it comes to, whatever the guards say now, and what they
 * learn is kept before it ends.
 */
function settleKept(run: TaskRun, journal: RunJournal): Promise<Answered> {
  return withinLimit(taskLimit(run), run, async (span) => {
    const timed = { ...run, ...span }
    const { kept } = run.shared
    if (kept) await kept.load(timed)
    const recalling = await Promise.allSettled([journal.recall(run.log, (answered) => mayBeGivenAgain(answered, run))])
    const [before] = recalling
    if (before.status === 'fulfilled' && before.value && !timed.signal.aborted) return before.value
    const attempt = (attempted: TaskRun): Promise<Answered> =>
      before.status === 'rejected' ? Promise.reject(before.reason) : answerFromChain(attempted)
    const answered = await unlessInSafeMode(timed, () => settle(timed, attempt))
    if (kept) await kept.keep(timed)
    return answered
  })
}

function taskLimit({ settings }: TaskRun): TimeLimit {
  return { limitMs: settings.timeouts.taskMs, overdue: (limitMs) => new DeadlineError(limitMs) }
}

async function settle(run: TaskRun, attempt: (run: TaskRun) => Promise<Answered>): Promise<Answered> {
  try {
    return await attempt(run)
  } catch (error) {
    // Whatever else went wrong on the way down, a cancelled task was cancelled.
    return stoppedBy(run.signal.aborted ? interruptionOf(run.signal) : error)
  }
}

function stoppedBy(cause: unknown): Answered {
  const stop: StopReason = cause instanceof StopError ? cause.stop : 'error'
  return { outcome: { answer: null, stop }, source: noSource, errorClass: classOfEnd(cause) }
}
