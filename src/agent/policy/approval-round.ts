import { canonicalJson } from '../tools/canonical-json.ts'
import { StopError } from '../errors/stop-error.ts'
import type { ApprovalRecord } from '../store/records/effect-records.ts'
import type { TaskRun } from '../task/task-run.ts'
import type { PreparedCall } from '../tools/tool.ts'
import { askApprover } from './approver.ts'
import { denialOf } from './stored-approvals.ts'
import type { KeptApproval, StoredApprovals } from './stored-approvals.ts'

/** What has become of the question whether a call may run; a denial has its reason, for the model. */
type Approval = { readonly decision: 'approved' | 'pending' } | { readonly decision: 'denied'; readonly reason: string }

/**
 * The approvals that the calls of one reply need: all are asked for before any of the calls runs.
 *
 * A denial holds for the rest of the task: a model that repeats its call does not wear the approver down. With a
 * store, what is decided is kept there at once, and a question that stays open waits there for its decision. Without
 * one, nothing is asked behind a question that stays open, since the answer would be lost.
 */
export class ApprovalRound {
  readonly #run: TaskRun
  readonly #unused: ApprovalRecord[] = []
  readonly #waiting: string[] = []

  constructor(run: TaskRun) {
    this.#run = run
  }

  /**
   * Asks for the approval of one call, once.
   *
   * @throws {StopError} when the task is cancelled or its time is up meanwhile
   */
  async ask(call: PreparedCall, callId: string): Promise<Approval> {
    const { approvals } = this.#run
    const approval = await (approvals ? this.#fromStore(call, callId, approvals) : this.#fromApprover(call))
    if (approval.decision !== 'pending') return approval
    this.#waiting.push(call.tool.name)
    const { step, tell } = this.#run
    tell({ type: 'approval_requested', step, callId, tool: call.tool.name, arguments: call.arguments })
    return approval
  }

  /**
   * Ends the round: from here on the calls may run.
   *
   * @throws {StopError} `requires_approval` where a question is open, or another process has used an approval
   */
  async close(): Promise<void> {
    const unused = this.#unused.map(({ tool }) => tool)
    if (this.#waiting.length > 0) throw waitFor(this.#waiting)
    if (unused.length > 0 && !(await this.#run.approvals?.use(this.#unused))) throw waitFor(unused)
  }

  async #fromApprover(call: PreparedCall): Promise<Approval> {
    const denied = this.#run.denied.get(questionOf(call))
    if (denied !== undefined) return { decision: 'denied', reason: denialOf(denied) }
    if (this.#waiting.length > 0) return { decision: 'pending' }
    const { state, reason } = await askApprover(call, this.#run)
    if (state !== 'denied') return { decision: state }
    this.#run.denied.set(questionOf(call), reason)
    return { decision: 'denied', reason: denialOf(reason) }
  }

  async #fromStore(call: PreparedCall, callId: string, approvals: StoredApprovals): Promise<Approval> {
    const place = { step: this.#run.step, callId }
    const isBegun = this.#run.ledger.find(call.effectKey) !== undefined
    const found = await approvals.find(call, place, isBegun)
    if (found && found.decision !== 'pending') return this.#noted(found)
    const decided = await askApprover(call, this.#run)
    await approvals.keep(call, place, decided, found?.open ?? null)
    // Not what was answered here: whoever looks at the store may have been faster.
    return this.#noted(await approvals.find(call, place, isBegun))
  }

  #noted(found: KeptApproval | null): Approval {
    if (found?.decision === 'approved' && found.unused) this.#unused.push(found.unused)
    return found ?? { decision: 'pending' }
  }
}

function questionOf({ tool, arguments: args }: PreparedCall): string {
  return `${tool.name}:${canonicalJson(args)}`
}

function waitFor(tools: readonly string[]): StopError {
  return new StopError('requires_approval', `${[...new Set(tools)].join(', ')} must wait for an approval.`)
}
