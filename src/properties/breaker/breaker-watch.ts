import type { BreakerProfile } from '../../contract/breaker-profile.ts'
import type { TraceEvent } from '../../contract/event.ts'
import type { PropertyFacts } from '../../contract/property.ts'
import { type Follower, sharedFollower } from '../follower.ts'
import { getOrCreate } from '../get-or-create.ts'
import { type Sign, blameCall, blameRefusal } from './blame.ts'
import { BreakerFeed } from './breaker-feed.ts'
import { HeldEnds } from './held-ends.ts'
import type { BreakerInput } from './breaker-input.ts'
import type { Situation } from './breaker-rules.ts'
import { BreakerScope } from './breaker-scope.ts'
import { Legacy } from './legacy.ts'
import { judgeClaims } from './refusal-claims.ts'
import { situationsOf } from './situations.ts'
import { Throttle } from './throttle.ts'

const ofTasks = ['task.started', 'task.cancelled', 'task.ended', 'task.threw'] as const
const ofCalls = ['request.sent', 'response.head', 'response.end', 'request.failed', 'request.aborted'] as const
const nothing: readonly Sign[] = []
const ofSituation: { readonly [Name in Situation]: string } = { exact: 'B21', expired: 'B20', hung: 'B13' }

/** The event types that show anything of a breaker. */
export const watched = [...ofTasks, ...ofCalls, 'world.healed' as const, 'process.blocked' as const]

/** All breakers of a trial, followed once for all properties that speak of them. */
export class BreakerWatch implements Follower {
  readonly follows = [...watched, 'clock.jumped' as const]
  /** What the latest event showed; mostly nothing. */
  latest: readonly Sign[] = nothing
  readonly #profile: BreakerProfile
  readonly #feed: BreakerFeed
  readonly #throttle: Throttle | null
  readonly #scopes = new Map<string, BreakerScope>()
  readonly #inputs: BreakerInput[] = []
  readonly #legacy: Legacy | null
  readonly #ends = new HeldEnds()
  #healedAt = Infinity
  #signs: Sign[] = []

  /** @param before the watch over the instance of the agent before this one, whose process was killed */
  constructor({ profile }: PropertyFacts, breaker: BreakerProfile, before: BreakerWatch | null) {
    this.#profile = breaker
    const isKept = breaker.survivesRestart === true && breaker.sharedBy === 'agent'
    this.#legacy = isKept ? new Legacy(breaker, before && { legacy: before.#legacy, scopes: before.#scopes }) : null
    this.#feed = new BreakerFeed(profile, breaker, isKept && before ? before.#feed : null)
    this.#throttle = breaker.honoursRetryAfter === true ? new Throttle() : null
  }

  follow(event: TraceEvent): void {
    this.#signs = []
    this.#observe(event)
    this.latest = this.#signs.length === 0 ? nothing : this.#signs
  }

  #observe(event: TraceEvent): void {
    for (const end of this.#ends.before(event)) this.#take(end)
    if (event.type === 'process.blocked') this.#doubt()
    if (event.type === 'world.healed') this.#healedAt = event.at
    if (this.#legacy) this.#signs.push(...this.#legacy.follow(event))
    if (this.#throttle) this.#signs.push(...this.#throttle.take(event, this.#feed))
    const inputs = this.#feed.take(event)
    if (event.type === 'task.started') this.#noteDemand()
    if (event.type === 'task.ended')
      this.#signs.push(...judgeClaims(event, this.#feed, (upstream) => this.#scope(upstream, event.task)))
    for (const input of inputs) if (!this.#ends.keeps(input)) this.#take(input)
  }

  /** What ended at the moment at which the process was blocked was heard then or afterwards: from when on a breaker is open, nobody knows. */
  #doubt(): void {
    for (const { upstream, task } of this.#ends.kept) this.#scope(upstream, task).isDone = true
  }

  #take(input: BreakerInput): void {
    this.#inputs.push(input)
    if (input.type === 'elsewhere') return this.#takeElsewhere(input)
    if (this.#legacy) this.#signs.push(...this.#legacy.take(input))
    const scope = this.#scope(input.upstream, input.task)
    if (this.#legacy?.isUnknown(input.upstream) === true) scope.isDone = true
    this.#noteOthers(input, scope)
    if (scope.isDone) return
    const before = input.type === 'refusal' ? scope.run.statesBetween(input.from, input.to) : scope.run.states
    if (input.type === 'completion') {
      if (scope.lastEndAt === input.at) this.#trigger('B18')
      scope.lastEndAt = input.at
    }
    const isExplained = scope.feed(input, () => this.#inputs.filter((known) => scope.concerns(known)))
    if (isExplained) this.#explained(input, before, scope)
    else this.#blame(input, scope)
    if (input.type === 'refusal') scope.refusedAt = Math.max(scope.refusedAt, input.from)
  }

  #takeElsewhere(input: BreakerInput): void {
    for (const scope of this.#scopes.values()) {
      const isBulkhead = input.type === 'elsewhere' && input.what === 'bulkhead'
      const hasCalled = (this.#feed.book.of(input.task).requests.get(scope.upstream) ?? 0) > 0
      if (scope.concerns(input) && (isBulkhead || hasCalled)) this.#trigger('B25')
    }
  }

  #explained(input: BreakerInput, before: ReturnType<BreakerScope['run']['statesBetween']>, scope: BreakerScope): void {
    for (const property of situationsOf(input, before, scope)) this.#trigger(property)
    if (input.type === 'refusal') {
      if (before.some(({ kind }) => kind === 'open')) this.#trigger('B3')
      if (before.some(({ kind }) => kind === 'half-open')) this.#trigger('B6')
    }
    const isDemand = input.type === 'refusal' || input.type === 'admission'
    if (isDemand && input.at >= this.#healedAt && scope.hasTripped) this.#trigger('B14')
  }

  #blame(input: BreakerInput, scope: BreakerScope): void {
    scope.isDone = true
    const unexplained = { scope, inputs: this.#inputs, healedAt: this.#healedAt }
    if (input.type === 'admission') this.#report(blameCall(input, { ...unexplained, before: scope.run.states }))
    else if (input.type === 'refusal')
      this.#report(blameRefusal(input, { ...unexplained, before: scope.run.statesBetween(input.from, input.to) }))
  }

  #report(signs: readonly Sign[]): void {
    for (const sign of signs) {
      this.#trigger(sign.property)
      this.#signs.push(sign)
    }
  }

  /** Demand that an open or a full half-open breaker has to do without. */
  #noteDemand(): void {
    for (const { isDone, run } of this.#scopes.values()) {
      if (isDone) continue
      if (run.states.some(({ kind }) => kind === 'open')) this.#trigger('B3')
      const { probesAtOnce } = this.#profile
      if (run.states.some((state) => state.kind === 'half-open' && state.probes.length >= probesAtOnce))
        this.#trigger('B6')
    }
  }

  /** Demand at one breaker while another one is open. */
  #noteOthers(input: BreakerInput, scope: BreakerScope): void {
    if (input.type !== 'admission' && input.type !== 'refusal') return
    for (const other of this.#scopes.values()) {
      if (other === scope || !other.hasTripped) continue
      if (other.upstream !== scope.upstream) this.#trigger('B16')
      else this.#trigger('B17')
    }
    if (scope.task === null && scope.hasTripped) this.#trigger('B17')
  }

  #trigger(property: string): void {
    this.#signs.push({ property, witness: null })
  }

  #scope(upstream: string, task: number): BreakerScope {
    const owner = this.#profile.sharedBy === 'task' ? task : null
    const notice = (situation: Situation): void => this.#trigger(ofSituation[situation])
    return getOrCreate(this.#scopes, `${owner ?? ''} ${upstream}`, () => {
      const initial = this.#legacy?.initialOf(upstream)
      const rules = { profile: this.#profile, deviation: null, notice, ...(initial && { initial }) }
      return new BreakerScope(upstream, owner, rules)
    })
  }
}

/** The watch of a trial; null where no breaker is declared. */
export const breakerWatchOf = sharedFollower<BreakerWatch | null>((facts, before) => {
  const { breaker } = facts.profile
  return breaker ? new BreakerWatch(facts, breaker, before) : null
})
