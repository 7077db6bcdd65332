import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import { isTargeted } from '../../contract/call-target.ts'
import type { RequestSent, TaskEnded, TaskThrew, TraceEvent } from '../../contract/event.ts'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { Profile } from '../../contract/profile.ts'
import { ownTimeout } from '../own-timeout.ts'
import type { BreakerInput } from './breaker-input.ts'
import { type CallEnd, verdictOnEnd } from './call-verdict.ts'
import { claimedRefusals, inferredRefusal } from './local-refusals.ts'
import { TaskBook } from './task-book.ts'

/** Turns the events of a trial into what its breakers see: calls let through, their ends, refusals. */
export class BreakerFeed {
  readonly book = new TaskBook()
  readonly #profile: Profile
  readonly #breaker: BreakerProfile
  readonly #kinds: Map<string, UpstreamKind>
  /** The upstream at which each tool was called last. */
  readonly #homes: Map<string, string>
  /** The call with which each open guarded call's logical call began; the call itself where attempts are counted. */
  readonly #roots = new Map<number, number>()
  /** The primary model as declared; null where the trace has to tell. */
  readonly #primary: string | null
  readonly #models: Set<string>
  #seq = 0

  /** @param before the feed of the process before, whose upstreams an agent may know of without having called them */
  constructor(profile: Profile, breaker: BreakerProfile, before: BreakerFeed | null = null) {
    this.#kinds = new Map(before ? before.#kinds : [])
    this.#homes = new Map(before ? before.#homes : [])
    this.#models = new Set(before ? before.#models : [])
    this.#profile = profile
    this.#breaker = breaker
    const named = breaker.guards.filter(({ kind, name }) => kind === 'model' && name !== '*')
    this.#primary = profile.fallback?.chain[0]?.upstream ?? (named.length === 1 ? (named[0]?.name ?? null) : null)
  }

  /** What the next event means to breakers, in order. */
  take(event: TraceEvent): readonly BreakerInput[] {
    const seq = this.#seq
    this.#seq += 16
    this.book.note(event, seq)
    switch (event.type) {
      case 'request.sent':
        return this.#sent(event, seq)
      case 'response.end':
      case 'request.failed':
      case 'request.aborted':
        return this.#ended(event, seq)
      case 'task.ended':
        return [...this.#settle(event, seq), ...this.#refusals(event, seq)]
      case 'task.threw':
        return this.#settle(event, seq)
      default:
        return []
    }
  }

  /** Whether a breaker guards the upstream of this name, as far as its kind is known. */
  guards(upstream: string): boolean {
    const kind = this.#kinds.get(upstream)
    if (kind !== undefined) return isTargeted(this.#breaker.guards, { kind, upstream })
    return this.#breaker.guards.some(({ name }) => name === '*' || name === upstream)
  }

  /** How many logical calls of a task may have been refused at an upstream: one a source that asks it, one a declared summary, one an ask for a tool. */
  callersOf(upstream: string, task: number): number {
    const sources = this.#profile.fallback?.chain.filter((source) => source.upstream === upstream).length ?? 0
    // A summary of its history is asked for beside what it is to be made for.
    const summaries = this.#profile.summaries && sources > 0 ? 1 : 0
    let asks = 0
    for (const [tool, times] of this.book.of(task).asked) if (this.#mayLiveAt(tool, upstream)) asks += times
    return Math.max(1, sources + summaries, asks)
  }

  /** Whether a tool is called there; one that was never called may live at any server of MCP. */
  #mayLiveAt(tool: string, upstream: string): boolean {
    const home = this.#homes.get(tool)
    if (home !== undefined) return home === upstream
    return tool === upstream || this.#kinds.get(upstream) === 'mcp'
  }

  #sent(event: RequestSent, seq: number): readonly BreakerInput[] {
    const { at, upstream, task, call, kind } = event
    this.#kinds.set(upstream, kind)
    if (event.tool !== null) this.#homes.set(event.tool.name, upstream)
    if (!this.guards(upstream)) return []
    if (kind === 'model') this.#models.add(upstream)
    const byLogicalCall = this.#breaker.counts === 'logical calls'
    const root = byLogicalCall && event.previous !== null ? this.#roots.get(event.previous) : undefined
    this.#roots.set(call, root ?? call)
    if (root !== undefined) this.book.of(task).pending.delete(root)
    const taskSeq = this.book.of(task).startedSeq
    const dueMs = byLogicalCall ? null : (ownTimeout(this.#profile, event)?.ms ?? null)
    return [
      {
        type: 'admission',
        seq,
        at,
        upstream,
        task,
        call: root ?? call,
        request: call,
        taskSeq,
        dueMs,
        repeats: root ?? null,
      },
    ]
  }

  /** The one model that has been called; null where there are several, any of which a task may have wanted. */
  #onlyModel(): string | null {
    const [first, second] = this.#models
    return second === undefined ? (first ?? null) : null
  }

  #ended(event: CallEnd, seq: number): readonly BreakerInput[] {
    const { at, upstream, task, kind } = event
    const notes = this.book.of(task)
    const { taskMs = Infinity, stepMs } = this.#profile.timeouts ?? {}
    const mayBeDeadline = stepMs !== undefined || at - notes.startedAt >= taskMs
    const verdict = verdictOnEnd(event, this.#breaker, { isCancelled: notes.isCancelled, mayBeDeadline })
    const call = this.#roots.get(event.call)
    const isGood = event.class === 'success' && kind === 'model'
    const elsewhere: readonly BreakerInput[] = isGood
      ? [{ type: 'elsewhere', seq: seq + 1, at, upstream, task, what: 'success' }]
      : []
    if (call === undefined) return elsewhere
    const isFinal = verdict === 'success' || verdict === 'neutral' || verdict === 'cancelled'
    const mayBeRepeated = this.#breaker.counts === 'logical calls' && !isFinal
    if (mayBeRepeated) notes.pending.set(call, upstream)
    return [{ type: 'completion', seq, at, upstream, task, call, verdict, mayBeRepeated }, ...elsewhere]
  }

  #settle({ task, at }: TaskEnded | TaskThrew, seq: number): readonly BreakerInput[] {
    const { pending } = this.book.of(task)
    const byUpstream = Map.groupBy(pending, ([, upstream]) => upstream)
    pending.clear()
    return [...byUpstream].map(([upstream, calls]) => ({
      ...{ type: 'settlement', seq, at, upstream, task },
      calls: calls.map(([call]) => call),
    }))
  }

  #refusals(event: TaskEnded, seq: number): readonly BreakerInput[] {
    const { task, at } = event
    const notes = this.book.of(task)
    const isInTask = (when: number): boolean => when >= notes.startedAt && when <= at
    const bulkhead = claimedRefusals(event, 'bulkhead').map((refusal): BreakerInput => ({
      type: 'elsewhere',
      seq,
      at: refusal.at,
      upstream: refusal.upstream,
      task,
      what: 'bulkhead',
    }))
    const claimed = claimedRefusals(event)
      .filter((refusal) => this.guards(refusal.upstream) && isInTask(refusal.at))
      .map((refusal): BreakerInput => {
        const { upstream } = refusal
        const [from, to] = [Math.floor(refusal.at), Math.ceil(refusal.at)]
        return { type: 'refusal', seq: seq + 1, at, upstream, task, from, to, isClaimed: true }
      })
    const upstream = inferredRefusal(event, notes, this.#profile, this.#primary ?? this.#onlyModel())
    if (upstream === null || !this.guards(upstream)) return [...bulkhead, ...claimed]
    const inferred = {
      type: 'refusal',
      seq: seq + 1,
      at,
      upstream,
      task,
      from: notes.heardAt,
      to: at,
      isClaimed: false,
    } as const
    return [...bulkhead, ...claimed, inferred]
  }
}
