import { createHash } from 'node:crypto'
import type { AgentStore } from '../store/agent-store.ts'
import type { ApprovalRecord } from '../store/records/effect-records.ts'
import { canonicalJson } from '../tools/canonical-json.ts'
import type { CallPlace } from '../tools/effect-ledger.ts'
import type { PreparedCall } from '../tools/tool.ts'

const dayMs = 86_400_000

/** What has become of the question whether a call may run; a denial has its reason, for the model. */
export type Approval =
  { readonly decision: 'approved' | 'pending' } | { readonly decision: 'denied'; readonly reason: string }

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

  /** What was decided of a call; null where nobody was asked. An approval is used up by it. */
  async find(call: PreparedCall, place: CallPlace): Promise<Approval | null> {
    const { approvals } = this.#store
    const hash = hashOf(call)
    const same = (await approvals.list(this.#run)).filter((request) => request.hash === hash)
    const denial = same.find(({ state }) => state === 'denied')
    if (denial) return { decision: 'denied', reason: denialOf(denial.reason) }
    const request = same.find((asked) => asked.place.step === place.step && asked.place.callId === place.callId)
    if (!request) return null
    // The very call, taken up again: its effect is looked up in the ledger.
    if (request.state === 'used') return { decision: 'approved' }
    if (Date.now() >= request.expiresAtMs) return { decision: 'denied', reason: 'its approval was not given in time' }
    if (request.state === 'pending') return { decision: 'pending' }
    const isUsed = await this.#store.write([approvals.replace(request, { ...request, state: 'used' })])
    return { decision: isUsed ? 'approved' : 'pending' }
  }

  /** Asks whoever looks at the store; a request that is there stays as it is. */
  async request(call: PreparedCall, place: CallPlace): Promise<void> {
    const { approvals } = this.#store
    const hash = hashOf(call)
    const requestedAtMs = Date.now()
    const asked: ApprovalRecord = {
      ...{ id: sha256(canonicalJson([this.#run, place, hash])), run: this.#run, place, tool: call.tool.name },
      ...{ argumentsText: canonicalJson(call.arguments), hash, state: 'pending', reason: null },
      ...{ requestedAtMs, expiresAtMs: requestedAtMs + this.#lastMs, decidedAtMs: null },
    }
    await this.#store.write([approvals.add(asked)])
  }
}

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
