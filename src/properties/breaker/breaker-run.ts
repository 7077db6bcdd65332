import type { Admission, BreakerInput, CallVerdict, Completion, LocalRefusal, Settlement } from './breaker-input.ts'
import type { BreakerRules } from './breaker-rules.ts'
import type { BreakerState } from './breaker-state.ts'
import { distinctStates, initialState } from './breaker-state.ts'
import { CallsUnderWay, type Overdue } from './calls-under-way.ts'
import { StateHistory } from './state-history.ts'
import { type EndedCall, admit, endCall, expireProbe, mayRefuse } from './step-state.ts'

/** More states than this, and the trace leaves so much open that nothing certain can be said of the breaker. */
const mostStates = 64

/** The number that stands for what is no call of this upstream. */
const noCall = -1

/**
 * The reference breaker of one upstream: every state that it may be in, given what crossed the wire.
 *
 * Each input leads from each state to those that may follow; a state that the input contradicts is dropped. Where none
 * is left, no permitted behaviour explains the trace.
 */
export class BreakerRun {
  readonly rules: BreakerRules
  /** Whether there were too many states; the run means nothing from then on. */
  isLost = false
  readonly #history: StateHistory
  readonly #underWay = new CallsUnderWay()
  readonly #failedTasks = new Set<number>()
  readonly #pending = new Map<number, CallVerdict>()
  readonly #hasRates: boolean
  #lastCountedAt = -1

  constructor(rules: BreakerRules) {
    this.rules = rules
    this.#history = new StateHistory(rules.initial ?? [initialState])
    this.#hasRates = rules.profile.failureRate !== undefined || rules.profile.slowCalls !== undefined
  }

  get states(): readonly BreakerState[] {
    return this.#history.latest
  }

  /** Takes the next input; says whether any permitted behaviour explains it. Keeps its states where none does. */
  feed(input: BreakerInput): boolean {
    this.#expire(input.at)
    if (input.type === 'refusal') return this.#explainsRefusal(input)
    const next = distinctStates(this.#step(input))
    if (next.length > mostStates) this.isLost = true
    if (next.length > 0) this.#history.add(input.at, next)
    return next.length > 0
  }

  /** Takes calls that ended at one instant, in every order that they may have been seen in; false: too many orders. */
  feedTogether(completions: readonly Completion[], orders: readonly (readonly Completion[])[]): void {
    const first = completions[0]
    if (!first) return
    this.#expire(first.at)
    const ended = new Map(completions.map((input) => [input, this.#endings(input)]))
    const next = orders.flatMap((order) =>
      order.reduce<readonly BreakerState[]>(
        (states, input) => distinctStates(states.flatMap((state) => ended.get(input)?.(state) ?? [state])),
        this.states,
      ),
    )
    this.#history.add(first.at, distinctStates(next))
    if (next.length > 4 * mostStates) this.isLost = true
  }

  #step(input: Exclude<BreakerInput, LocalRefusal>): readonly BreakerState[] {
    switch (input.type) {
      case 'admission':
        return this.#admit(input)
      case 'completion':
        return this.states.flatMap(this.#endings(input))
      case 'settlement': {
        const next = this.states.flatMap((state) => this.#settle(state, input))
        for (const call of input.calls) this.#underWay.end(call)
        return next
      }
      case 'elsewhere': {
        const isSuccess = input.what === 'success'
        const counts = isSuccess
          ? this.rules.deviation === 'fallbackCounts' && this.#failedTasks.has(input.task)
          : this.rules.deviation === 'bulkheadCounts'
        if (!counts) return this.states
        const call = this.#ended(input, noCall, isSuccess ? 'success' : 'failure')
        return this.states.flatMap((state) => endCall(state, this.rules, call))
      }
    }
  }

  #admit(input: Admission): readonly BreakerState[] {
    const { repeats } = input
    const { probeTimeoutMs } = this.rules.profile
    if (repeats === null || !this.#underWay.of(repeats))
      this.#underWay.begin(input, { callMs: input.dueMs, probeMs: probeTimeoutMs ?? input.dueMs })
    if (repeats === null) return this.states.flatMap((state) => admit(state, this.rules, input))
    return this.states.flatMap((state) => {
      const goesOn = { ...state, waiting: state.waiting.filter((call) => call !== repeats) }
      if (state.waiting.includes(repeats)) return [goesOn]
      return admit({ ...state, assumedLast: state.assumedLast.filter((call) => call !== repeats) }, this.rules, input)
    })
  }

  #endings(input: Completion): (state: BreakerState) => readonly BreakerState[] {
    const ended = this.#ended(input, input.call, input.verdict)
    if (!input.mayBeRepeated) this.#underWay.end(input.call)
    if (input.verdict !== 'success') this.#failedTasks.add(input.task)
    const isShadowed = this.rules.deviation === 'oneAnInstant' && this.#lastCountedAt === input.at
    if (input.verdict === 'success' || input.verdict === 'failure') this.#lastCountedAt = input.at
    const { mayBeRepeated, call } = input
    if (mayBeRepeated) this.#pending.set(call, input.verdict)
    return (state) => {
      if (state.givenUp.includes(call)) return [{ ...state, givenUp: state.givenUp.filter((other) => other !== call) }]
      if (isShadowed) return [state]
      if (!mayBeRepeated) return endCall(state, this.rules, ended)
      const last = endCall({ ...state, assumedLast: [...state.assumedLast, call] }, this.rules, ended)
      return [...last, { ...state, waiting: [...state.waiting, call] }]
    }
  }

  #settle(state: BreakerState, input: Settlement): readonly BreakerState[] {
    return input.calls.reduce<readonly BreakerState[]>(
      (states, call) =>
        states.flatMap((before) => {
          const assumedLast = before.assumedLast.filter((other) => other !== call)
          const waiting = before.waiting.filter((other) => other !== call)
          const after = { ...before, assumedLast, waiting }
          if (!before.waiting.includes(call)) return [after]
          return endCall(after, this.rules, this.#ended(input, call, this.#pending.get(call) ?? 'unknown'))
        }),
      [state],
    )
  }

  #ended(input: { seq: number; at: number; task: number }, call: number, verdict: CallVerdict): EndedCall {
    const begun = this.#underWay.of(call)
    const { seq, at, task } = input
    return {
      ...{ seq, at, task, call, verdict },
      admittedSeq: begun?.seq ?? (call === noCall ? seq + 1 : noCall),
      startedAt: begun?.at ?? at,
      isOutOfTime: begun !== undefined && at >= begun.probeEndsAt,
      underWay: this.#hasRates ? this.#underWay.besides(call) : [],
    }
  }

  /** What happened on the agent's clock alone before this time: calls and probes that it gave up. */
  #expire(before: number): void {
    for (const overdue of this.#underWay.overdue(before)) {
      const next = distinctStates(this.states.flatMap((state) => this.#giveUp(state, overdue)))
      if (next.length > mostStates) this.isLost = true
      this.#history.add(overdue.at, next)
    }
  }

  #giveUp(state: BreakerState, overdue: Overdue): readonly BreakerState[] {
    if (state.givenUp.includes(overdue.call)) return [state]
    if (state.kind === 'half-open' && state.probes.includes(overdue.call))
      return overdue.isProbeLimit ? expireProbe(state, this.rules, overdue) : [state]
    if (state.kind !== 'closed' || !overdue.isCallLimit) return [state]
    const { indeterminateCounts } = this.rules.profile
    const verdict = indeterminateCounts === undefined ? 'unknown' : indeterminateCounts ? 'failure' : 'uncounted'
    const givenUp = { ...state, givenUp: [...state.givenUp, overdue.call] }
    return [state, ...endCall(givenUp, this.rules, { ...this.#ended(overdue, overdue.call, verdict), verdict })]
  }

  #explainsRefusal({ from, to }: LocalRefusal): boolean {
    return this.#history.some(from, to, (state, at) => mayRefuse(state, this.rules, at))
  }

  /** The states at some time between the two, for whoever wants to know what a refusal may have said. */
  statesBetween(from: number, to: number): readonly BreakerState[] {
    return this.#history.between(from, to)
  }
}
