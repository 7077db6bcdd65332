import { type GateChances, chancesOfAll, gateChances } from '../../objectives/gate-rule.ts'
import { rounded } from '../../objectives/rounded-interval.ts'
import type { BurntGate, CountedGood, Outcome } from './burnt-gate.ts'
import { type Firming, firmTrials } from './firm-trials.ts'
import { type Steadied, steadied } from './steadiness.ts'

/** What one run of a burn-in came to. */
export interface Burn {
  readonly seed: number
  readonly outcome: Outcome
  readonly gates: readonly BurntGate[]
}

/** One gate over all runs of a burn-in. */
export interface GateBurnIn extends Steadied {
  readonly gate: string
  /** What it judges, of all runs together. */
  readonly shares: readonly CountedGood[]
  /** Worked out from the rates of all runs together, by the rule of the gate; null where they do not say. */
  readonly workedOut: GateChances | null
  /** What would make it firm; null where it is, or where nobody can tell. */
  readonly firming: Firming | null
}

/** What a burn-in showed of one scenario. */
export interface ScenarioBurnIn {
  readonly scenario: string
  readonly file: string
  /** Trials of each run under each condition. */
  readonly trials: number
  /** One run each; `shakedown run --seed` makes it again. */
  readonly seeds: readonly number[]
  /** What all gates of the measure came to together. */
  readonly measure: Steadied
  readonly gates: readonly GateBurnIn[]
}

/** Adds up the runs of a burn-in; the order of the runs makes no difference but to the order of the seeds. */
export function summariseBurnIn(
  name: Pick<ScenarioBurnIn, 'scenario' | 'file' | 'trials'>,
  burns: readonly Burn[],
): ScenarioBurnIn {
  const byGate = Map.groupBy(
    burns.flatMap(({ gates }) => gates),
    ({ gate }) => gate,
  )
  return {
    ...name,
    seeds: burns.map(({ seed }) => seed),
    measure: steadied(burns.map(({ outcome }) => outcome)),
    gates: [...byGate].map(([gate, runs]) => gateBurnIn(gate, runs, name.trials)),
  }
}

function gateBurnIn(gate: string, runs: readonly BurntGate[], trials: number): GateBurnIn {
  const shares = pooled(runs.flatMap((run) => run.shares))
  const rule = runs.every((run) => run.rule !== null) ? (runs[0]?.rule ?? null) : null
  const isCounted = shares.length > 0 && shares.every(({ observations }) => observations >= runs.length)
  const seen = steadied(runs.map(({ outcome }) => outcome))
  if (rule === null || !isCounted) return { gate, ...seen, shares, workedOut: null, firming: null }
  const chances = shares.map(({ good, of, observations }) =>
    gateChances(rule, Math.round(observations / runs.length), good / of),
  )
  return {
    gate,
    ...seen,
    shares,
    workedOut: roundedChances(chancesOfAll(chances)),
    firming: seen.steadiness === 'firm' ? null : firmTrials({ rule, shares, runs: runs.length, trials }),
  }
}

/** The shares of all runs together, by task. */
function pooled(shares: readonly CountedGood[]): CountedGood[] {
  return [...Map.groupBy(shares, ({ task }) => task)].map(([task, each]) => ({
    task,
    good: total(each.map(({ good }) => good)),
    of: total(each.map(({ of }) => of)),
    observations: total(each.map(({ observations }) => observations)),
  }))
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function roundedChances({ passed, failed, undecided }: GateChances): GateChances {
  return { passed: rounded(passed), failed: rounded(failed), undecided: rounded(undecided) }
}
