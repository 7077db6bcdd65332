import type { AgentStore } from '../store/agent-store.ts'
import type { ApprovalRecord } from '../store/records/effect-records.ts'

/** A decision that cannot be made: there is no such request, it was decided before, or its time is up. */
export class ApprovalError extends Error {
  static {
    this.prototype.name = 'ApprovalError'
  }
}

/**
 * The requests for approval in a store, for whoever decides them: in any process, while no agent is running.
 *
 * A decision is about one call with exactly the arguments that the request shows. The task goes on when it is handed
 * over again.
 */
export class Approvals {
  readonly #store: AgentStore

  constructor(store: AgentStore) {
    this.#store = store
  }

  /** The requests that can be decided, of one task or of all. */
  async pending(taskId: string | null = null): Promise<readonly ApprovalRecord[]> {
    const requests = await this.#store.approvals.list(taskId)
    return requests.filter(({ state, expiresAtMs }) => state === 'pending' && Date.now() < expiresAtMs)
  }

  /** @throws {ApprovalError} where there is nothing to decide */
  async approve(id: string): Promise<void> {
    await this.#decide(id, { state: 'approved', reason: null })
  }

  /**
   * A denial holds for these arguments for the rest of the task.
   *
   * @param reason is told to the model
   * @throws {ApprovalError} where there is nothing to decide
   */
  async deny(id: string, reason: string): Promise<void> {
    await this.#decide(id, { state: 'denied', reason })
  }

  async #decide(id: string, decision: Pick<ApprovalRecord, 'state' | 'reason'>): Promise<void> {
    const { approvals } = this.#store
    const request = await approvals.get(id)
    if (!request) throw new ApprovalError(`There is no request "${id}"; look for those there are with pending().`)
    if (request.state !== 'pending')
      throw new ApprovalError(`The request "${id}" was decided before; nothing is changed.`)
    const nowMs = Date.now()
    if (nowMs >= request.expiresAtMs) {
      throw new ApprovalError(`The request "${id}" has expired; hand the task over again, so that its model is told.`)
    }
    const isDecided = await this.#store.write([
      approvals.replace(request, { ...request, ...decision, decidedAtMs: nowMs }),
    ])
    if (!isDecided) throw new ApprovalError(`The request "${id}" was decided meanwhile; nothing is changed.`)
  }
}
