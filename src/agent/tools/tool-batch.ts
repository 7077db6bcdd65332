import { askApproval } from '../policy/approval.ts'
import type { RequestedCall } from '../messages/message.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { StopError } from '../errors/stop-error.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { PreparedCall } from './tool.ts'
import { runTool } from './tool-run.ts'
import type { ToolResult } from './tool-result-messages.ts'

/** What is to happen with one call: run it, or tell the model why not. */
type Decision = { readonly run: PreparedCall } | { readonly answer: string }

/** The calls that the history keeps, and one result for each, in the same order. */
export interface Batch {
  readonly calls: readonly RequestedCall[]
  readonly results: readonly ToolResult[]
}

/**
 * Settles all calls of one reply.
 *
 * Everything is decided before anything runs, so that an open approval leaves no half-done batch behind. A second call
 * under an id already used is left out of the history, where one id can have only one result; the first one's result
 * says so.
 *
 * @throws {StopError} `requires_approval` when an approval stays open
 */
export async function settleCalls(reply: ModelReply, run: TaskRun): Promise<Batch> {
  const calls = reply.calls.filter((call, index, all) => all.findIndex((other) => other.id === call.id) === index)
  const decisions: Decision[] = []
  for (const call of calls) decisions.push(await decide(call, reply, run))
  const answers = await execute(decisions, run)
  return {
    calls,
    results: calls.map(({ id }, index) => ({ callId: id, content: answers[index] + duplicateNote(id, reply) })),
  }
}

async function decide(call: RequestedCall, reply: ModelReply, run: TaskRun): Promise<Decision> {
  if (reply.finishReason === 'length') return refuse(call, 'the reply was cut off at its length limit')
  const tool = run.settings.tools.find(({ name }) => name === call.name)
  if (!tool) return refuse(call, `there is no such tool; the tools are ${toolNames(run)}`)
  const prepared = tool.prepare(call.argumentsText)
  if ('problem' in prepared) return refuse(call, prepared.problem)
  const judged = run.parts.guard(prepared.call, run.settings.policy, run.task.input)
  if (judged.verdict === 'refuse') return refuse(call, judged.reason)
  if (judged.verdict === 'allow' || isKnownEffect(prepared.call, run)) return { run: prepared.call }
  const decision = await askApproval(prepared.call, run)
  if (decision === 'pending') throw new StopError('requires_approval', `${call.name} waits for an approval.`)
  return decision === 'approved' ? { run: prepared.call } : refuse(call, 'its approval was denied; do not ask again')
}

/** Consecutive read-only calls run together; an effectful one runs alone, after all before it and before all after. */
async function execute(decisions: readonly Decision[], run: TaskRun): Promise<string[]> {
  const answers: string[] = []
  let together: Promise<string>[] = []
  const finish = async (): Promise<void> => {
    answers.push(...(await Promise.all(together)))
    together = []
  }
  for (const decision of decisions) {
    const isAlone = 'run' in decision && decision.run.tool.effectful
    if (isAlone) await finish()
    together.push('run' in decision ? runTool(decision.run, run) : Promise.resolve(decision.answer))
    if (isAlone) await finish()
  }
  await finish()
  return answers
}

function refuse(call: RequestedCall, reason: string): Decision {
  return { answer: `Error: ${call.name} was not executed: ${reason}.` }
}

/** Nobody is asked to approve what will not run. */
function isKnownEffect(call: PreparedCall, run: TaskRun): boolean {
  return call.tool.effectful && run.ledger.find(call.effectKey) !== undefined
}

function toolNames({ settings }: TaskRun): string {
  const names = settings.tools.map(({ name }) => name).filter((name) => !settings.policy.forbidden.includes(name))
  return names.join(', ') || 'none'
}

function duplicateNote(id: string, reply: ModelReply): string {
  const isRepeated = reply.calls.filter((call) => call.id === id).length > 1
  return isRepeated ? `\nNote: another call had the same id "${id}" and was not executed; use a new id for it.` : ''
}
