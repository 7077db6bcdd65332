import { isTargeted } from '../../contract/call-target.ts'
import type {
  ProcessBlocked,
  RequestAborted,
  RequestFailed,
  RequestSent,
  ResponseEnd,
  TaskCancelled,
  TaskEnded,
  TaskStarted,
  TaskThrew,
} from '../../contract/event.ts'
import type { UpstreamKind } from '../../contract/upstream-kind.ts'
import type { Profile } from '../../contract/profile.ts'
import { type Follower, sharedFollower } from '../follower.ts'
import { getOrCreate } from '../get-or-create.ts'
import type { Stretch } from './pool.ts'
import { Crowd } from './crowd.ts'
import { Pool } from './pool.ts'

type PoolEvent =
  TaskStarted | TaskCancelled | TaskEnded | TaskThrew | RequestSent | ResponseEnd | RequestFailed | RequestAborted

const ofTasks = ['task.started', 'task.cancelled', 'task.ended', 'task.threw'] as const
const ofCalls = ['request.sent', 'response.end', 'request.failed', 'request.aborted'] as const
const follows = [...ofTasks, ...ofCalls, 'process.blocked' as const]

/** One task, as far as pools go. */
export interface PoolTask {
  readonly task: number
  readonly id: string
  readonly user: string | null
  readonly startedAt: number
  /** Calls under way, with the ordinal of the attempt that each is. */
  readonly open: Map<number, number>
  /** Whether it has sent anything at all. */
  hasCalled: boolean
  cancelledAt: number | null
  endedAt: number | null
  /** The one tool call that a reply asked for and that nothing but a pool can keep waiting, and since when. */
  dueTool: { readonly name: string; readonly at: number } | null
}

/** A call that was due at a known time, as it is sent. */
export interface DueCall {
  readonly call: number
  readonly kind: UpstreamKind
  readonly upstream: string
  readonly dueAt: number
  readonly sentAt: number
  /** Whether it is the first call of its task. */
  readonly isFirst: boolean
  /** The pool of its upstream; null where none is declared. */
  readonly pool: Pool | null
  /** When there was room in that pool while the call waited; null where there was none. */
  readonly room: Stretch | null
  /** Another pool that was full, and gave back a slot at the very instant at which the call was sent. */
  readonly releasedBy: Pool | null
  /** Another pool that is full. */
  readonly besideFull: Pool | null
}

/** What an event came to. */
export interface Pooled {
  readonly task: PoolTask
  readonly pool: Pool | null
  /** Set for a request that was due at a known time. */
  readonly due: DueCall | null
}

/** Follows the declared pools of a trial; one for all properties. */
export class PoolLedger implements Follower {
  readonly follows = follows
  /** What the latest event came to. */
  latest: Pooled | null = null
  readonly profile: Profile
  /** Pools of upstreams that have been seen. */
  readonly pools: Pool[] = []
  readonly #poolOf = new Map<string, Pool | null>()
  readonly crowd = new Crowd()
  /** Names of the model endpoints that have been called. */
  readonly modelEndpoints = new Set<string>()
  /** Tasks that have begun and not ended. */
  readonly running = new Map<number, PoolTask>()
  readonly #tasks = new Map<number, PoolTask>()
  readonly #blocks: ProcessBlocked[] = []
  /** Tools that an approval or a policy engine may keep waiting. */
  readonly #awaited: ReadonlySet<string>

  constructor(profile: Profile) {
    this.profile = profile
    this.#awaited = new Set([...(profile.tools?.gated ?? []), ...(profile.tools?.governed ?? [])])
  }

  /** The pool of an upstream; null where the profile declares none. */
  poolOf(kind: UpstreamKind, upstream: string): Pool | null {
    return getOrCreate(this.#poolOf, `${kind} ${upstream}`, () => {
      const rule = this.profile.bulkheads?.find(({ guards }) => isTargeted(guards, { kind, upstream }))
      if (!rule) return null
      const { maxConcurrent, maxQueued = Infinity, maxOvertaking = null } = rule
      const pool = new Pool({ kind, upstream, maxConcurrent, maxQueued, maxOvertaking })
      for (const { at, forMs } of this.#blocks) pool.blocked(at, at + forMs)
      this.pools.push(pool)
      return pool
    })
  }

  /** The pool that a claim speaks of, which names the upstream alone; null where that is not clear. */
  poolNamed(upstream: string): Pool | null {
    const seen = this.pools.find(({ rule }) => rule.upstream === upstream)
    if (seen) return seen
    const guards = this.profile.bulkheads?.flatMap((bulkhead) => bulkhead.guards) ?? []
    const named = guards.find(({ name }) => name === upstream)
    return named ? this.poolOf(named.kind, upstream) : null
  }

  /** Whether nothing else that is declared can keep a call to the pool's upstream waiting. */
  isOnlyCause({ rule, hasFailed }: Pool): boolean {
    const { rateLimits = [], breaker } = this.profile
    if (rateLimits.some(({ guards }) => isTargeted(guards, rule))) return false
    if (!breaker || !isTargeted(breaker.guards, rule) || breaker.whileProbing === 'refuse') return true
    return !hasFailed && breaker.slowCalls === undefined
  }

  /** Whether a task that turns to the pool's upstream first cannot have waited for another one before. */
  isFirstChoice({ rule: { kind, upstream } }: Pool): boolean {
    return this.#isFirstChoice(kind, upstream)
  }

  /** Whoever turns to another model than the primary first may have waited for the primary. */
  #isFirstChoice(kind: UpstreamKind, upstream: string): boolean {
    const primary = this.profile.fallback?.chain[0]?.upstream
    return kind !== 'model' || primary === undefined || upstream === primary
  }

  /** When an agent can act on what happens at an instant: at once, or where it is blocked when it is no longer. */
  actsAt(at: number): number {
    return this.#blocks.reduce(
      (acts, block) => (block.at <= acts && acts < block.at + block.forMs ? block.at + block.forMs : acts),
      at,
    )
  }

  follow(event: PoolEvent | ProcessBlocked): void {
    if (event.type === 'process.blocked') this.#blocked(event)
    else this.latest = this.#follow(this.#taskOf(event), event)
  }

  #blocked(event: ProcessBlocked): void {
    this.#blocks.push(event)
    for (const pool of this.pools) pool.blocked(event.at, event.at + event.forMs)
  }

  #follow(task: PoolTask, event: PoolEvent): Pooled {
    switch (event.type) {
      case 'task.started':
        return { task, pool: null, due: null }
      case 'task.cancelled':
        task.cancelledAt = event.at
        return { task, pool: null, due: null }
      case 'task.ended':
      case 'task.threw':
        task.endedAt = event.at
        if (this.running.delete(event.task)) this.crowd.ended(event.at, task.cancelledAt !== null && !task.hasCalled)
        for (const pool of this.pools) pool.letGo(event.task, event.at)
        return { task, pool: null, due: null }
      case 'request.sent':
        return this.#sent(task, event)
      default:
        return this.#ended(task, event)
    }
  }

  #sent(task: PoolTask, event: RequestSent): Pooled {
    const { call, kind, upstream, at, previous, attempt } = event
    const pool = this.poolOf(kind, upstream)
    if (kind === 'store' && !pool) return this.#aside(task, at)
    if (kind === 'model') this.modelEndpoints.add(upstream)
    // A request to a model means that the task is done with whatever it attempted before.
    if (kind === 'model' && task.hasCalled) for (const other of this.pools) other.letGo(task.task, at)
    const due = this.#due(task, event, pool)
    task.hasCalled = true
    task.open.set(call, attempt)
    pool?.begin(call, previous, at)
    return { task, pool, due }
  }

  /** What a task does at its stores keeps no call from its pool, unless it takes time: then nobody knows when it was due. */
  #aside(task: PoolTask, at: number): Pooled {
    if (at > task.startedAt) task.hasCalled = true
    if (task.dueTool && at > task.dueTool.at) task.dueTool = null
    return { task, pool: null, due: null }
  }

  #due(task: PoolTask, event: RequestSent, pool: Pool | null): DueCall | null {
    const { call, kind, upstream, at } = event
    const dueAt = this.#dueAt(task, event)
    if (dueAt === null) return null
    const others = this.pools.filter((other) => other !== pool)
    return {
      ...{ call, kind, upstream, dueAt, sentAt: at, isFirst: !task.hasCalled, pool },
      room: pool?.roomDuring(dueAt, at) ?? null,
      releasedBy: others.find((other) => other.lastEndAt === at && other.wasFullAt(at)) ?? null,
      besideFull: others.find((other) => other.isFull) ?? null,
    }
  }

  #dueAt(task: PoolTask, { tool, at, kind, upstream }: RequestSent): number | null {
    if (!task.hasCalled) return this.#isFirstChoice(kind, upstream) ? task.startedAt : null
    const { dueTool } = task
    task.dueTool = null
    return tool && dueTool?.name === tool.name && at >= dueTool.at ? dueTool.at : null
  }

  #ended(task: PoolTask, event: ResponseEnd | RequestFailed | RequestAborted): Pooled {
    const { call, kind, upstream, at, class: outcome } = event
    const pool = this.poolOf(kind, upstream)
    if (kind === 'store' && !pool) return this.#aside(task, at)
    const hasFailed = outcome === 'failure' || outcome === 'indeterminate'
    const attempt = task.open.get(call) ?? 1
    const { maxAttempts = Infinity } = this.profile.retry ?? {}
    task.open.delete(call)
    if (pool && hasFailed) pool.hasFailed = true
    pool?.end(call, event.task, at, hasFailed && task.endedAt === null && attempt < maxAttempts)
    const [asked, ...others] = event.type === 'response.end' ? (event.model?.toolCalls ?? []) : []
    task.dueTool = asked && others.length === 0 && !this.#awaited.has(asked.name) ? { name: asked.name, at } : null
    return { task, pool, due: null }
  }

  #taskOf(event: PoolEvent): PoolTask {
    const create = (): PoolTask => ({
      ...{ task: event.task, id: 'id' in event ? event.id : `#${event.task}`, startedAt: event.at },
      ...{ user: event.type === 'task.started' ? event.user : null, open: new Map() },
      ...{ hasCalled: event.type !== 'task.started', cancelledAt: null, endedAt: null, dueTool: null },
    })
    if (event.type !== 'task.started') return getOrCreate(this.#tasks, event.task, create)
    const task = create()
    this.#tasks.set(event.task, task)
    this.running.set(event.task, task)
    this.crowd.started(event.at)
    return task
  }
}

/** The ledger of a trial; null where no bulkhead is declared. */
export const poolLedgerOf = sharedFollower(({ profile }) => (profile.bulkheads ? new PoolLedger(profile) : null))
