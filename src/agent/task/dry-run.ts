import { parseAgentOptions } from '../agent-options.ts'
import type { AgentOptions, AgentSettings } from '../agent-options.ts'
import { defaultParts } from '../agent-parts.ts'
import type { AgentParts } from '../agent-parts.ts'
import { asStop } from '../errors/model-failure.ts'
import { startConversation } from '../messages/conversation.ts'
import type { Conversation } from '../messages/conversation.ts'
import { requestOf } from '../model/model-call.ts'
import { contextKeeperOf, memoryOf, withCurrentMemory } from '../model/turn-context.ts'
import type { PreparedRequest } from '../providers/provider.ts'
import { keptRun } from '../store/kept-run.ts'
import { RunRecorder } from '../steps/run-recorder.ts'
import { MemoryEffectLedger } from '../tools/effect-ledger.ts'
import type { AgentTask } from './outcome.ts'
import { openSharedState } from './shared-state.ts'
import { TaskLog } from './task-log.ts'
import type { TaskRun } from './task-run.ts'

/** How a dry run is cut short. */
interface DryRunOptions {
  readonly signal?: AbortSignal
}

/**
 * The body of the request with which an agent of these options would begin a task, or go on with it, exactly as it would
 * be sent to its primary: tools, rules, memory and context applied. Nobody is called, and the store is only read.
 *
 * Null where no request would come first: the task was answered, or the tools of a kept reply have yet to run. A
 * compaction that is due takes place without its summary, which would take a call.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 * @throws {StopError} with the reason for which the task would end before its request
 * @throws {StoreError} where the store cannot be read
 */
export async function dryRun(
  options: AgentOptions,
  task: AgentTask,
  { signal = new AbortController().signal }: DryRunOptions = {},
  parts: Partial<AgentParts> = {},
): Promise<object | null> {
  const settings = withoutSummary(parseAgentOptions(options))
  const fresh = startConversation(settings.instructions, task.input)
  const start = settings.store
    ? await keptRun(settings.store, task, fresh)
    : { conversation: fresh, calls: [], step: 1 }
  if (start === null) return null
  const decisions = { ...defaultParts, ...parts }
  const log = new TaskLog()
  log.calls.push(...start.calls)
  const run: TaskRun = {
    ...{ task, signal, endsAtMs: Infinity, settings, parts: decisions, log, step: start.step },
    ...{ shared: openSharedState(settings, decisions), denied: new Map<string, string | null>(), tell: () => {} },
    ...{ ledger: new MemoryEffectLedger(task.id), journal: null, approvals: null, traces: null },
    ...{ recorder: new RunRecorder(() => {}, log), countsUsage: false },
  }
  const { body, streamed } = await preparedFor(start.conversation, run)
  return settings.stream ? streamed : body
}

async function preparedFor(conversation: Conversation, run: TaskRun): Promise<PreparedRequest> {
  const { primary } = run.shared
  const memory = memoryOf(primary, run)
  try {
    const remembered = memory ? await withCurrentMemory(conversation, memory, run) : conversation
    const fitting = await contextKeeperOf(primary, run)?.fit(remembered)
    return primary.endpoint.provider.prepare(requestOf(fitting ?? remembered, primary, run))
  } catch (error) {
    throw asStop(error, false)
  }
}

function withoutSummary(settings: AgentSettings): AgentSettings {
  return settings.context ? { ...settings, context: { ...settings.context, summary: undefined } } : settings
}
