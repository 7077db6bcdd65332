import type { Witness } from '../../contract/property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Admission, BreakerInput, LocalRefusal } from './breaker-input.ts'
import type { BreakerScope } from './breaker-scope.ts'
import type { BreakerState, HalfOpen, Open } from './breaker-state.ts'
import { type Deviation, deviations, laxDeviations, probeDeviations, strictDeviations } from './deviation.ts'
import { explainedBy } from './explained-by.ts'

/** A property, and the proof that it is violated; without a witness, that its situation has arisen. */
export interface Sign {
  readonly property: string
  readonly witness: Witness | null
}

/** What is known when nothing permitted explains an input. */
export interface Unexplained {
  readonly scope: BreakerScope
  /** All inputs of the trial so far, the unexplained one last. */
  readonly inputs: readonly BreakerInput[]
  /** The states before it. */
  readonly before: readonly BreakerState[]
  readonly healedAt: number
}

/**
 * The properties that a call violates which had to be refused.
 *
 * Where the agent has never been seen to refuse anything, its breaker may well not exist, and no finer explanation is
 * looked for than what has just befallen its probes.
 */
export function blameCall(call: Admission, unexplained: Unexplained): readonly Sign[] {
  const { scope, inputs, before } = unexplained
  const state = before.find(({ kind }) => kind === 'open') ?? before[0]
  if (!state || state.kind === 'closed') return []
  const candidates = scope.refusedAt >= 0 ? laxDeviations : state.kind === 'half-open' ? probeDeviations : []
  const deviation = explainedBy(candidates, scope, inputs)
  const calls = [...(state.kind === 'open' ? state.cause.calls : state.probes), call.request]
  const words = state.kind === 'open' ? openWords(state, scope) : halfOpenWords(state, scope)
  const sentence = `${words}, but call ${call.request} began at ${inSeconds(call.at)}${suffix(deviation)}`
  return violated(deviation ? [deviations[deviation].property] : ruleBroken(state, scope, call), {
    ...{ sentence, at: call.at, calls },
  })
}

function ruleBroken(state: Open | HalfOpen, { refusedAt, run }: BreakerScope, { at }: Admission): readonly string[] {
  if (state.kind === 'half-open') return ['B6']
  const isKnownOpen = refusedAt >= state.openedAt
  const isAtBoundary = isKnownOpen && at >= state.probeFrom - run.rules.profile.cooldownMs / 10
  const boundary = isAtBoundary ? ['B5'] : []
  if (state.cause.by === 'probe') return ['B8', ...boundary]
  if (isKnownOpen) return ['B3', ...boundary]
  return [state.cause.by === 'slow calls' ? 'B19' : 'B1']
}

/** The properties that a refusal violates of a call which had to be let through. */
export function blameRefusal(refusal: LocalRefusal, unexplained: Unexplained): readonly Sign[] {
  const { scope, inputs, before, healedAt } = unexplained
  const state = before.find(({ kind }) => kind !== 'closed') ?? mostFailed(before)
  if (!state) return []
  const deviation = explainedBy(strictDeviations, scope, inputs)
  const specific = deviation ? [deviations[deviation].property] : []
  const late = refusal.from >= healedAt ? 'B14' : state.kind === 'half-open' ? 'B15' : 'B2'
  const isHeldInstead = state.kind === 'half-open' && state.probes.length > 0
  const broken = state.kind === 'closed' ? ['B2', ...specific] : deviation ? specific : isHeldInstead ? ['B6'] : [late]
  const claimed = refusal.isClaimed ? 'the agent refused' : 'the agent must have refused'
  const when = refusal.from === refusal.to ? inSeconds(refusal.from) : `some time up to ${inSeconds(refusal.to)}`
  const sentence = `${claimed} a call to ${quote(scope.upstream)} at ${when}, but ${noReason(state, scope)}${suffix(deviation)}`
  return violated(broken, { sentence, at: refusal.at, calls: callsOf(state) })
}

/** The closed state that came nearest to opening: what the refusal may have been made in. */
function mostFailed(states: readonly BreakerState[]): BreakerState | undefined {
  const failures = (state: BreakerState): number => (state.kind === 'closed' ? state.streak.most : 0)
  return states.toSorted((one, other) => failures(other) - failures(one))[0]
}

function noReason(state: BreakerState, { run }: BreakerScope): string {
  const { profile } = run.rules
  if (state.kind === 'open')
    return `its breaker, opened by ${state.cause.words} at ${inSeconds(state.openedAt)}, had to let a probe through from ${inSeconds(state.refuseUntil)}`
  if (state.kind === 'half-open')
    return `its breaker was half-open with ${state.probes.length} of ${profile.probesAtOnce} probes under way${profile.whileProbing === 'hold' ? ', where calls are declared to be held' : ''}`
  const limit = profile.consecutiveFailures
  const count = limit === undefined ? '' : `: at most ${state.streak.most} of ${limit} failures in a row had been seen`
  return `nothing had opened its breaker${count}`
}

function openWords({ cause, openedAt, probeFrom }: Open, { upstream }: BreakerScope): string {
  return `${cause.words} to ${quote(upstream)} ended at ${inSeconds(openedAt)}, so no call may begin before ${inSeconds(probeFrom)}`
}

function halfOpenWords({ probes }: HalfOpen, { upstream, run }: BreakerScope): string {
  const { probesAtOnce } = run.rules.profile
  return `the breaker of ${quote(upstream)} was half-open with ${probes.length === 1 ? `call ${probes[0]}` : `calls ${probes.join(', ')}`} under way, of ${probesAtOnce} at once`
}

function callsOf(state: BreakerState): readonly number[] {
  if (state.kind === 'open') return state.cause.calls
  return state.kind === 'half-open' ? state.probes : state.streak.calls
}

const suffix = (deviation: Deviation | null): string =>
  deviation ? `; it would be explained if ${deviations[deviation].words}` : ''

const violated = (properties: readonly string[], witness: Witness): readonly Sign[] =>
  properties.map((property) => ({ property, witness }))
