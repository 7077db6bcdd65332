import type { BreakerRules } from './breaker-rules.ts'
import type { Closed, OpeningCause, Streak } from './breaker-state.ts'
import { noStreak } from './breaker-state.ts'
import type { CallVerdict } from './breaker-input.ts'
import type { Sample } from './sample.ts'
import { type RateRule, hasExpired, judgeRate } from './window-rate.ts'

/** A call that the closed breaker counts. */
export interface CountedCall {
  readonly call: number
  readonly at: number
  readonly startedAt: number
  readonly verdict: CallVerdict
  /** When the calls to the upstream began that have not ended. */
  readonly underWay: readonly number[]
}

/** What a closed breaker does when a call has ended; with a cause where it opens or may open. */
export interface ClosedStep {
  readonly next: Closed
  readonly must: boolean
  readonly cause: OpeningCause | null
  /** A rate was the threshold exactly. */
  readonly isExact: boolean
  /** A bad call has left a window, and another was judged without it. */
  readonly hasExpired: boolean
}

/** Counts an ended call, and says whether the breaker opens: it must, it may, or it stays closed. */
export function countCall(state: Closed, rules: BreakerRules, counted: CountedCall): ClosedStep {
  const verdict = asCounted(counted.verdict, rules)
  if (verdict === null) return { next: state, must: false, cause: null, isExact: false, hasExpired: false }
  const streak = nextStreak(state.streak, verdict, counted.call)
  const samples = nextSamples(state.samples, verdict, counted, rules)
  const { consecutiveFailures: limit = Infinity } = rules.profile
  const failure = ratesOf(rules, 'failureRate').map((rule) => ({
    ...{ rule, by: 'failures' as const },
    ...judgeRate(rule, samples, counted, ({ failed }, inDoubt) => failed === 'yes' || (failed === 'maybe' && inDoubt)),
  }))
  const slow = ratesOf(rules, 'slowCalls').map((rule) => ({
    ...{ rule, by: 'slow calls' as const },
    ...judgeRate(rule, samples, counted, ({ isSlow }) => isSlow),
  }))
  // Whether a rule is looked at when a call has ended well is not declared: it may open the breaker then.
  const mustByRate =
    (verdict === 'failure' && failure.some((decision) => decision.must)) ||
    (samples.at(-1)?.isSlow === true && slow.some((decision) => decision.must))
  const mayByRate = [...failure, ...slow].find(({ may }) => may)
  const mustByStreak = streak.least >= limit
  const must = mustByStreak || mustByRate
  const mayByStreak = streak.most >= limit
  const next = { ...state, streak: { ...streak, most: Math.min(streak.most, limit - 1) }, samples }
  const expired = ratesOf(rules, 'both').some((rule) => hasExpired(rule, state.samples, counted.at))
  return {
    next: { ...next, streak: { ...next.streak, least: Math.min(next.streak.least, next.streak.most) } },
    must,
    cause: mayByStreak
      ? { by: 'failures', words: `${limit} failures in a row`, calls: streak.calls.slice(-limit) }
      : mayByRate
        ? rateCause(mayByRate, samples)
        : null,
    isExact: [...failure, ...slow].some((decision) => decision.isExact),
    hasExpired: expired,
  }
}

function asCounted(verdict: CallVerdict, { deviation }: BreakerRules): CallVerdict | null {
  if (verdict === 'uncounted') return null
  if (verdict !== 'neutral' && verdict !== 'cancelled') return verdict
  if (deviation === 'neutralFails') return 'failure'
  return deviation === 'neutralResets' ? 'success' : null
}

function nextStreak({ least, most, calls }: Streak, verdict: CallVerdict, call: number): Streak {
  if (verdict === 'success') return noStreak
  if (verdict === 'failure') return { least: least + 1, most: most + 1, calls: [...calls.slice(-99), call] }
  return { least: verdict === 'any' ? 0 : least, most: most + 1, calls: [...calls.slice(-99), call] }
}

function nextSamples(
  samples: readonly Sample[],
  verdict: CallVerdict,
  { call, at, startedAt }: CountedCall,
  rules: BreakerRules,
): readonly Sample[] {
  const { failureRate, slowCalls } = rules.profile
  if (!failureRate && !slowCalls) return samples
  const sample: Sample = {
    ...{ call, at, startedAt, isOptional: verdict === 'unknown' || verdict === 'any' },
    failed: verdict === 'success' ? 'no' : verdict === 'any' ? 'maybe' : 'yes',
    isSlow: slowCalls !== undefined && at - startedAt > slowCalls.slowerThanMs,
  }
  if (rules.deviation === 'nothingExpires') return [...samples, sample]
  const windows = [failureRate, slowCalls].flatMap((rule) => (rule ? [rule.window] : []))
  const keptCalls = Math.max(1, ...windows.map((window) => ('calls' in window ? 2 * window.calls : 0)))
  const keptMs = Math.max(0, ...windows.map((window) => ('ms' in window ? 2 * window.ms : 0)))
  const oldest = indexOfCertain(samples, keptCalls)
  return [...samples.filter((old, index) => index >= oldest || old.at >= at - keptMs), sample]
}

/** Where the last so many calls begin that count for certain: a breaker that leaves out the others reaches back so far. */
function indexOfCertain(samples: readonly Sample[], count: number): number {
  let left = count
  for (let index = samples.length - 1; index >= 0; index--) {
    if (samples[index]?.isOptional === false) left -= 1
    if (left === 0) return index
  }
  return 0
}

function ratesOf(rules: BreakerRules, which: 'failureRate' | 'slowCalls' | 'both'): readonly RateRule[] {
  const { failureRate, slowCalls } = rules.profile
  const failure = failureRate && which !== 'slowCalls' ? [failureRate] : []
  const slow = slowCalls && which !== 'failureRate' && rules.deviation !== 'slowIgnored' ? [slowCalls] : []
  return [...failure, ...slow].map((rule) => deviate(rule, rules))
}

function deviate(rule: RateRule, { deviation }: BreakerRules): RateRule {
  if (deviation === 'otherComparison') return { ...rule, opens: rule.opens === 'at' ? 'above' : 'at' }
  return deviation === 'nothingExpires' ? { ...rule, window: { calls: 1e9 } } : rule
}

function rateCause(
  { by, bad, total, rule }: { by: OpeningCause['by']; bad: number; total: number; rule: RateRule },
  samples: readonly Sample[],
): OpeningCause {
  const what = by === 'failures' ? 'failures' : 'slow calls'
  const window = 'calls' in rule.window ? `the last ${rule.window.calls} calls` : `the last ${rule.window.ms} ms`
  const words = `${bad} ${what} among ${total} calls within ${window}`
  const calls = samples
    .filter(({ failed, isSlow }) => (by === 'failures' ? failed !== 'no' : isSlow))
    .map(({ call }) => call)
  return { by, words, calls: calls.slice(-20) }
}
