import { ApprovalRound } from '../policy/approval-round.ts'
import type { RequestedCall } from '../messages/message.ts'
import type { ModelReply } from '../providers/model-reply.ts'
import { objectionTo } from '../rules/rule-violation.ts'
import { rulesOf } from '../rules/tool-rule.ts'
import type { PolicySettings } from '../agent-options.ts'
import type { TaskRun } from '../task/task-run.ts'
import { prepareCall } from './prepared-arguments.ts'
import type { PreparedCall } from './tool.ts'
import { permittedTools } from './tool-offer.ts'
import { isSettledEffect, runTool, tellsFailure } from './tool-run.ts'
import type { ToolResult } from './tool-result-messages.ts'

/** What is to happen with one call: run it, or tell the model why not. */
type Decision = Execution | Refusal

interface Execution {
  readonly run: PreparedCall
  readonly callId: string
  /** For the model, to follow the result. */
  readonly note: string
}

interface Refusal {
  readonly answer: string
  /** What was wrong with the call, where that is the model's fault. */
  readonly fault?: 'rule' | 'call'
}

/** The calls that the history keeps, and one result for each, in the same order. */
export interface Batch {
  readonly calls: readonly RequestedCall[]
  readonly results: readonly ToolResult[]
  /** How many of them ran. */
  readonly ran: number
  /** Whether one was refused for a rule on tools. */
  readonly violated: boolean
  /** Whether none of them could be made: no such tool, or arguments that are none. */
  readonly invalid: boolean
  /** Whether the model is to have another step: it asked for one, or has to be told what went wrong. */
  readonly wantsMore: boolean
}

/**
 * Settles all calls of one reply.
 *
 * Everything is decided before anything runs, so that an open approval leaves no half-done batch behind; where one
 * stays open, the others of the reply are asked for as well. A second call under an id already used is left out of the
 * history, where one id can have only one result; the first one's result says so.
 *
 * @throws {StopError} `requires_approval` when an approval stays open
 */
export async function settleCalls(reply: ModelReply, run: TaskRun): Promise<Batch> {
  const calls = reply.calls.filter((call, index, all) => all.findIndex((other) => other.id === call.id) === index)
  const decisions: Decision[] = []
  const round = new ApprovalRound(run)
  for (const call of calls) decisions.push(await decide(call, reply, accepted(decisions), run, round))
  await round.close()
  const answers = await execute(decisions, run)
  for (const [index, decision] of decisions.entries()) {
    if ('run' in decision) run.log.calls.push({ tool: decision.run.tool.name, result: answers[index] ?? '' })
  }
  return {
    calls,
    results: calls.map(({ id }, index) => ({
      callId: id,
      content: answers[index] + noteOf(decisions[index]) + duplicateNote(id, reply),
    })),
    ran: accepted(decisions).length,
    violated: decisions.some((decision) => faultOf(decision) === 'rule'),
    invalid: decisions.every((decision) => faultOf(decision) === 'call'),
    wantsMore: calls.length < reply.calls.length || answers.some(tellsFailure) || decisions.some(asksForMore),
  }
}

/** Names of the tools of the calls that are going to run. */
function accepted(decisions: readonly Decision[]): string[] {
  return decisions.flatMap((decision) => ('run' in decision ? [decision.run.tool.name] : []))
}

function faultOf(decision: Decision): Refusal['fault'] {
  return 'run' in decision ? undefined : decision.fault
}

/** A call asks for another step unless its arguments can say so and do not. */
function asksForMore(decision: Decision): boolean {
  return !('run' in decision) || decision.run.requestsHeartbeat !== false
}

async function decide(
  call: RequestedCall,
  reply: ModelReply,
  before: readonly string[],
  run: TaskRun,
  round: ApprovalRound,
): Promise<Decision> {
  const { tools, rules, policy, repairArguments } = run.settings
  if (reply.finishReason === 'length') return refuse(call, 'the reply was cut off at its length limit')
  const tool = tools.find(({ name }) => name === call.name)
  if (!tool) return refuse(call, `there is no such tool; the tools are ${toolNames(run)}`, 'call')
  const objection = objectionTo(call.name, rules, permittedTools(run), run.log.calls, before)
  if (objection && !policy.forbidden.includes(call.name)) {
    return refuse(call, objection.reason, objection.violates ? 'rule' : undefined)
  }
  const prepared = prepareCall(tool, call.argumentsText, repairArguments)
  if ('problem' in prepared) return refuse(call, prepared.problem, 'call')
  const judged = run.parts.guard(prepared.call, gatedBy(run), run.task.input)
  const toRun = { run: prepared.call, callId: call.id, note: prepared.note }
  if (judged.verdict === 'refuse') return refuse(call, judged.reason)
  // Nobody is asked to approve what will not run.
  if (judged.verdict === 'allow' || isSettledEffect(prepared.call, run.ledger)) return toRun
  const approval = await round.ask(prepared.call, call.id)
  return approval.decision === 'denied' ? refuse(call, approval.reason) : toRun
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
    together.push('run' in decision ? runTool(decision.run, decision.callId, run) : Promise.resolve(decision.answer))
    if (isAlone) await finish()
  }
  await finish()
  return answers
}

function refuse(call: RequestedCall, reason: string, fault?: Refusal['fault']): Decision {
  return { answer: `Error: ${call.name} was not executed: ${reason}.`, ...(fault ? { fault } : {}) }
}

/** The policy, with the tools gated that a rule gates. */
function gatedBy({ settings: { policy, rules } }: TaskRun): PolicySettings {
  const gated = rulesOf('requires_approval', rules).map(({ tool }) => tool)
  return gated.length === 0 ? policy : { ...policy, gated: [...policy.gated, ...gated] }
}

function toolNames(run: TaskRun): string {
  return permittedTools(run).join(', ') || 'none'
}

function noteOf(decision: Decision | undefined): string {
  return decision && 'run' in decision ? decision.note : ''
}

function duplicateNote(id: string, reply: ModelReply): string {
  const isRepeated = reply.calls.filter((call) => call.id === id).length > 1
  return isRepeated ? `\nNote: another call had the same id "${id}" and was not executed; use a new id for it.` : ''
}
