import { createHash } from 'node:crypto'
import type { AgentStore } from '../store/agent-store.ts'
import type { ApprovalRecord } from '../store/records/effect-records.ts'
import { canonicalJson } from '../tools/canonical-json.ts'
import type { CallPlace } from '../tools/effect-ledger.ts'
import type { PreparedCall } from '../tools/tool.ts'

const dayMs = 86_400_000

/** What was said to the question whether a call may run; the reason of a denial is for the model. */
export interface Decided {
  readonly state: 'approved' | 'denied' | 'pending'
  readonly reason: string | null
}

/** What the store knows of the approval of a call. */
export type KeptApproval =
  /** `unused` is the approval that the call would use up; null for the very call, taken up again. */
  | { readonly decision: 'approved'; readonly unused: ApprovalRecord | null }
  | { readonly decision: 'pending'; readonly open: ApprovalRecord }
  /** In the words of a refusal. */
  | { readonly decision: 'denied'; readonly reason: string }

/**
 * The requests of one run in its store.
 *
 * A decision is bound to run, step, call, tool and arguments: it serves that one call, and nothing that a model or a
 * tool says is looked at.
 */
export class StoredApprovals {
  readonly #store: AgentStore
  readonly #run: string
  readonly #lastMs: number

  /** @param lastMs how long a request can be decided, and an approval used, in milliseconds */
  constructor(store: AgentStore, run: string, lastMs = dayMs) {
    this.#store = store
    this.#run = run
    this.#lastMs = lastMs
  }

  /**
   * What was decided of a call; null where nobody was asked.
   *
   * @param isBegun whether the effect of the call was begun: then it may be brought to its end, however late
   */
  async find(call: PreparedCall, place: CallPlace, isBegun = false): Promise<KeptApproval | null> {
    const hash = hashOf(call)
    const same = (await this.#store.approvals.list(this.#run)).filter((request) => request.hash === hash)
    const denial = same.find(({ state }) => state === 'denied')
    if (denial) return { decision: 'denied', reason: denialOf(denial.reason) }
    const request = same.find((asked) => asked.place.step === place.step && asked.place.callId === place.callId)
    if (!request) return null
    const { state, expiresAtMs } = request
    if (state === 'used' && isBegun) return { decision: 'approved', unused: null }
    if (Date.now() >= expiresAtMs) return { decision: 'denied', reason: state === 'pending' ? notGiven : notUsed }
    if (state === 'pending') return { decision: 'pending', open: request }
    return { decision: 'approved', unused: state === 'used' ? null : request }
  }

  /**
   * Keeps a decision, or the question where there is none yet: it waits for whoever looks at the store.
   *
   * @param open the request that is there, as it was read
   * @returns the request as it is now; null where somebody else was faster, and nothing is changed
   */
  async keep(
    call: PreparedCall,
    place: CallPlace,
    { state, reason }: Decided,
    open: ApprovalRecord | null = null,
  ): Promise<ApprovalRecord | null> {
    const { approvals } = this.#store
    const nowMs = Date.now()
    if (state === 'pending' && open) return open
    const asked = open ?? this.#requestOf(call, place, nowMs)
    const kept = { ...asked, state, reason, decidedAtMs: state === 'pending' ? null : nowMs }
    const isKept = await this.#store.write([open ? approvals.replace(open, kept) : approvals.add(kept)])
    return isKept ? kept : null
  }

  /** Uses approvals up, all or none: false where one of them is no longer as it was read. */
  async use(approved: readonly ApprovalRecord[]): Promise<boolean> {
    const { approvals } = this.#store
    return this.#store.write(approved.map((request) => approvals.replace(request, { ...request, state: 'used' })))
  }

  #requestOf(call: PreparedCall, place: CallPlace, nowMs: number): ApprovalRecord {
    const hash = hashOf(call)
    return {
      ...{ id: sha256(canonicalJson([this.#run, place, hash])), run: this.#run, place, tool: call.tool.name },
      ...{ argumentsText: canonicalJson(call.arguments), hash, state: 'pending', reason: null },
      ...{ requestedAtMs: nowMs, expiresAtMs: nowMs + this.#lastMs, decidedAtMs: null },
    }
  }
}

const notGiven = 'its approval was not given in time'
const notUsed = 'its approval was not used in time'

/** In the words of a refusal. */
export function denialOf(reason: string | null): string {
  return reason ? `its approval was denied (${reason}); do not ask again` : 'its approval was denied; do not ask again'
}

function hashOf({ tool, arguments: args }: PreparedCall): string {
  return sha256(`${tool.name}\n${canonicalJson(args)}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
