import type { BreakerProfile } from '../../../src/contract/breaker-profile.ts'
import type { OutcomeClass } from '../../../src/contract/outcome-class.ts'

/** What a profile leaves open, and an honest breaker decides one way or the other. */
export interface Style {
  readonly judgesAfterSuccess: boolean
  /** opossum takes rates over starts, resilience4j over ends. */
  readonly rateOver: 'starts' | 'ends'
  /** Slices of a time window, in milliseconds; 1 for none. */
  readonly sliceMs: number
  readonly rateLimitsCount: boolean
  readonly indeterminateCounts: boolean
  readonly cancelledProbe: 'returned' | 'reopens'
  readonly keepsProbeSamples: boolean
}

/** The ways in which a breaker can be made wrong. */
export const wrongs = [
  'never opens',
  'opens late',
  'opens early',
  'sends during cooldown',
  'early boundary',
  'two probes',
  'straggler closes',
  'straggler extends',
  'cancelled probe closes',
  'cancelled probe keeps permit',
  'hung probe wedges',
  'counts 400',
  'neutral closes',
  'neutral resets',
  'failed probe does not reopen',
  'success does not close',
  'remembers after closing',
  'never half-opens',
  'half-open refuses all',
  'ignores slow calls',
  'nothing expires',
  'other comparison',
  'one breaker for all upstreams',
  'other sharing',
  'counts one an instant',
  'wrong retryAfter',
  'forgets at a restart',
  'cools down anew after a restart',
  'waits for the probes of the dead',
] as const
export type Wrong = (typeof wrongs)[number]

/** What a call carries from its admission to its end. */
export interface Pass {
  readonly epoch: number
  readonly isProbe: boolean
  readonly startedAt: number
}
export type Ending = { readonly class: OutcomeClass; readonly status: number | null; readonly isCancelled: boolean }

interface Ended {
  readonly at: number
  readonly startedAt: number
  readonly failed: boolean
  readonly slow: boolean
}

/** A circuit breaker written from the declaration alone, with knobs: what it permits, and what it does not. */
export class ModelBreaker {
  readonly #profile: BreakerProfile
  readonly #style: Style
  readonly #wrong: Wrong | null
  #state: 'closed' | 'open' | 'half-open' = 'closed'
  #epoch = 0
  #streak = 0
  #ended: Ended[] = []
  #starts: Pass[] = []
  #openUntil = 0
  #failedProbes = 0
  #probes = new Set<Pass>()
  #successes = 0
  #lastCountedAt = -1

  constructor(profile: BreakerProfile, style: Style, wrong: Wrong | null) {
    this.#profile = profile
    this.#style = style
    this.#wrong = wrong
  }

  /** The breaker of the next process, which was told where this one stood. */
  reborn(now: number): ModelBreaker {
    const next = new ModelBreaker(this.#profile, this.#style, this.#wrong)
    if (this.#wrong === 'forgets at a restart' || this.#state === 'closed') return next
    next.#state = 'open'
    next.#openUntil = this.#state === 'open' ? this.#openUntil : now
    next.#failedProbes = this.#failedProbes
    if (this.#wrong === 'cools down anew after a restart') next.#openUntil = now + this.#profile.cooldownMs
    if (this.#wrong !== 'waits for the probes of the dead' || this.#state === 'open') return next
    next.#state = 'half-open'
    for (const probe of this.#probes) next.#probes.add(probe)
    return next
  }

  ask(now: number): Pass | 'refuse' | 'hold' {
    this.#expireProbes(now)
    if (this.#state === 'open' && this.#mayProbe(now)) {
      this.#state = 'half-open'
      this.#epoch += 1
      this.#successes = 0
      this.#probes.clear()
    }
    if (this.#state === 'open') return 'refuse'
    if (this.#state === 'half-open') {
      const cap = this.#profile.probesAtOnce + (this.#wrong === 'two probes' ? 1 : 0)
      if (this.#wrong === 'half-open refuses all' && this.#successes > 0) return 'refuse'
      if (this.#probes.size >= cap) return this.#profile.whileProbing === 'hold' ? 'hold' : 'refuse'
    }
    const pass: Pass = { epoch: this.#epoch, isProbe: this.#state === 'half-open', startedAt: now }
    if (pass.isProbe) this.#probes.add(pass)
    else this.#starts.push(pass)
    return pass
  }

  retryAfterMs(now: number): number | undefined {
    if (this.#state !== 'open') return undefined
    return this.#openUntil - now + (this.#wrong === 'wrong retryAfter' ? 7 : 0)
  }

  end(pass: Pass, now: number, ending: Ending): void {
    this.#expireProbes(now)
    const counts = this.#counted(ending)
    if (pass.epoch !== this.#epoch) return this.#straggler(counts, now)
    if (pass.isProbe) this.#endProbe(pass, counts, ending, now)
    else if (this.#state === 'closed') this.#count(counts, pass, now)
  }

  #mayProbe(now: number): boolean {
    if (this.#wrong === 'never half-opens') return false
    const early =
      this.#wrong === 'sends during cooldown'
        ? this.#profile.cooldownMs / 2
        : this.#wrong === 'early boundary'
          ? this.#profile.cooldownMs / 12
          : 0
    return now >= this.#openUntil - early
  }

  #counted({ class: outcome, status, isCancelled }: Ending): 'success' | 'failure' | 'neutral' {
    if (isCancelled) return 'neutral'
    if (outcome === 'success') return 'success'
    if (outcome === 'neutral')
      return this.#wrong === 'counts 400' ? 'failure' : this.#wrong === 'neutral resets' ? 'success' : 'neutral'
    if (status === 429) return (this.#profile.rateLimitsCount ?? this.#style.rateLimitsCount) ? 'failure' : 'neutral'
    if (outcome === 'indeterminate')
      return (this.#profile.indeterminateCounts ?? this.#style.indeterminateCounts) ? 'failure' : 'neutral'
    return 'failure'
  }

  #straggler(counts: string, now: number): void {
    if (this.#wrong === 'straggler extends' && this.#state === 'open' && counts === 'failure')
      this.#openUntil = Math.max(this.#openUntil, now + this.#profile.cooldownMs)
    if (this.#wrong === 'straggler closes' && this.#state === 'half-open' && counts === 'success') this.#close(now)
  }

  #endProbe(pass: Pass, counts: 'success' | 'failure' | 'neutral', ending: Ending, now: number): void {
    if (!this.#probes.has(pass)) return
    if (counts === 'neutral' && ending.isCancelled && this.#wrong === 'cancelled probe keeps permit') return
    this.#probes.delete(pass)
    if (counts === 'failure') {
      if (this.#wrong === 'failed probe does not reopen') return
      this.#failedProbes += 1
      this.#open(now)
    } else if (counts === 'success') {
      if (this.#wrong === 'success does not close') this.#open(now)
      else this.#succeed(now)
    } else if (ending.isCancelled) {
      if (this.#wrong === 'cancelled probe closes') this.#succeed(now)
      else if (this.#style.cancelledProbe === 'reopens') {
        this.#failedProbes += 1
        this.#open(now)
      }
    } else if (ending.class === 'neutral' && this.#wrong === 'neutral closes') this.#succeed(now)
  }

  #succeed(now: number): void {
    this.#successes += 1
    if (this.#successes >= this.#profile.probesToClose) this.#close(now)
  }

  #count(counts: 'success' | 'failure' | 'neutral', pass: Pass, now: number): void {
    const { startedAt } = pass
    if (counts === 'neutral') {
      this.#starts = this.#starts.filter((start) => start !== pass)
      return
    }
    if (this.#wrong === 'counts one an instant' && this.#lastCountedAt === now) return
    this.#lastCountedAt = now
    const failed = counts === 'failure'
    const { slowCalls, consecutiveFailures = Infinity } = this.#profile
    this.#streak = failed ? this.#streak + 1 : 0
    const slow = slowCalls !== undefined && now - startedAt > slowCalls.slowerThanMs
    this.#ended.push({ at: now, startedAt, failed, slow })
    const shift = this.#wrong === 'opens late' ? 1 : this.#wrong === 'opens early' ? -1 : 0
    if (this.#wrong === 'never opens') return
    if (this.#streak >= consecutiveFailures + shift) return this.#open(now)
    if (!failed && !slow && !this.#style.judgesAfterSuccess) return
    const byFailures = this.#rate('failureRate', now, ({ failed: bad }) => bad)
    const bySlowness = this.#wrong !== 'ignores slow calls' && this.#rate('slowCalls', now, ({ slow: bad }) => bad)
    if (byFailures || (bySlowness && (slow || this.#style.judgesAfterSuccess))) this.#open(now)
  }

  #rate(which: 'failureRate' | 'slowCalls', now: number, isBad: (ended: Ended) => boolean): boolean {
    const rule = this.#profile[which]
    if (!rule) return false
    const { window, minimumCalls, threshold } = rule
    const slice = this.#style.sliceMs
    const from = 'ms' in window ? (Math.floor(now / slice) + 1) * slice - window.ms : 0
    const forever = this.#wrong === 'nothing expires'
    const inside = forever
      ? this.#ended
      : 'calls' in window
        ? this.#ended.slice(-window.calls)
        : this.#ended.filter(({ at }) => Math.floor(at / slice) * slice >= from)
    const bad = inside.filter(isBad).length
    const starts = this.#starts.filter(
      ({ startedAt }) => forever || Math.floor(startedAt / slice) * slice >= from,
    ).length
    const total = 'ms' in window && this.#style.rateOver === 'starts' ? starts : inside.length
    if (total < minimumCalls || bad === 0) return false
    const opens = this.#wrong === 'other comparison' ? (rule.opens === 'at' ? 'above' : 'at') : rule.opens
    return opens === 'at' ? bad >= threshold * total - 1e-9 : bad > threshold * total + 1e-9
  }

  #open(now: number): void {
    const { cooldownMs, cooldownGrowth } = this.#profile
    const grown = cooldownGrowth
      ? Math.min(cooldownGrowth.capMs, cooldownMs * cooldownGrowth.factor ** this.#failedProbes)
      : 0
    this.#state = 'open'
    this.#epoch += 1
    this.#openUntil = now + Math.max(cooldownMs, Math.round(grown))
  }

  #close(now: number): void {
    this.#state = 'closed'
    this.#epoch += 1
    this.#failedProbes = 0
    if (this.#wrong === 'remembers after closing') {
      this.#streak = Math.max(0, (this.#profile.consecutiveFailures ?? 1) - 1)
      return
    }
    this.#streak = 0
    const kept = this.#style.keepsProbeSamples ? this.#profile.probesToClose : 0
    this.#ended = Array.from({ length: kept }, () => ({ at: now, startedAt: now, failed: false, slow: false }))
    this.#starts = Array.from({ length: kept }, () => ({ epoch: this.#epoch, isProbe: true, startedAt: now }))
  }

  #expireProbes(now: number): void {
    const { probeTimeoutMs } = this.#profile
    if (this.#state !== 'half-open' || probeTimeoutMs === undefined || this.#wrong === 'hung probe wedges') return
    const hung = [...this.#probes].find(({ startedAt }) => startedAt + probeTimeoutMs < now)
    if (!hung) return
    this.#probes.delete(hung)
    this.#failedProbes += 1
    this.#open(hung.startedAt + probeTimeoutMs)
  }
}
