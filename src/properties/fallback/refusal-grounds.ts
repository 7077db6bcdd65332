import type { RequestAborted, RequestFailed, RequestSent, ResponseEnd } from '../../contract/event.ts'
import { isTargeted } from '../../contract/call-target.ts'
import type { Profile } from '../../contract/profile.ts'
import { getOrCreate } from '../get-or-create.ts'

interface Load {
  starts: number
  ends: number
  /** Ends that a breaker might count: failures and calls of unknown end. */
  failures: number
}

/**
 * Whether an agent can have reason to refuse a call to an upstream by itself, unseen on the wire.
 *
 * It says no only where every declared rule excludes it: a breaker cannot have opened before enough calls failed,
 * a bulkhead is not full with fewer tasks than slots, a rate limit is not reached with fewer calls.
 */
export class RefusalGrounds {
  readonly #profile: Profile
  readonly #loads = new Map<string, Load>()
  #running = 0
  #mostRunning = 0

  /** @param before those of the process before: a breaker that outlives it may be open for its calls */
  constructor(profile: Profile, before: RefusalGrounds | null = null) {
    this.#profile = profile
    if (before === null || profile.breaker?.survivesRestart !== true) return
    for (const [upstream, load] of before.#loads) this.#loads.set(upstream, { ...load })
  }

  taskStarted(): void {
    this.#running += 1
    this.#mostRunning = Math.max(this.#mostRunning, this.#running)
  }

  taskEnded(): void {
    this.#running -= 1
  }

  sent({ upstream }: RequestSent): void {
    this.#loadOf(upstream).starts += 1
  }

  ended({ upstream, class: outcome }: ResponseEnd | RequestFailed | RequestAborted): void {
    const load = this.#loadOf(upstream)
    load.ends += 1
    if (outcome === 'failure' || outcome === 'indeterminate') load.failures += 1
  }

  /** Whether a refusal of a call to this model endpoint could be true by now. */
  mayRefuse(upstream: string): boolean {
    const { bulkheads = [], rateLimits = [] } = this.#profile
    const load = this.#loadOf(upstream)
    const speaksOf = ({ guards }: (typeof bulkheads)[number] | (typeof rateLimits)[number]): boolean =>
      isTargeted(guards, { kind: 'model', upstream })
    if (bulkheads.some((rule) => speaksOf(rule) && this.#mostRunning > rule.maxConcurrent)) return true
    return rateLimits.some((rule) => speaksOf(rule) && load.starts >= rule.calls) || this.#mayBeOpen(upstream, load)
  }

  #mayBeOpen(upstream: string, { ends, failures }: Load): boolean {
    const { breaker } = this.#profile
    if (!breaker || !isTargeted(breaker.guards, { kind: 'model', upstream })) return false
    const { consecutiveFailures = Infinity, failureRate, slowCalls } = breaker
    if (failures >= consecutiveFailures) return true
    if (failureRate && failures > 0 && ends >= failureRate.minimumCalls) return true
    return slowCalls !== undefined && ends >= slowCalls.minimumCalls
  }

  #loadOf(upstream: string): Load {
    return getOrCreate(this.#loads, upstream, () => ({ starts: 0, ends: 0, failures: 0 }))
  }
}
