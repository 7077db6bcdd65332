import type { GateRule } from '../../objectives/gate-rule.ts'

/** What can become of a gate, or of a whole measure. */
export const outcomes = ['passed', 'failed', 'undecided'] as const

export type Outcome = (typeof outcomes)[number]

/** A share of good events as one run counted it. */
export interface CountedGood {
  /** Null: of no task in particular. */
  readonly task: string | null
  readonly good: number
  readonly of: number
  /** Independent observations behind them. */
  readonly observations: number
}

/** What became of one gate in one run of a burn-in. */
export interface BurntGate {
  /** What it asks for and under which condition, the same in every run. */
  readonly gate: string
  readonly outcome: Outcome
  /** What it judges: one share, or one for each task; none for a mean. */
  readonly shares: readonly CountedGood[]
  /** How it judges each of them; null where chances do not follow from the shares. */
  readonly rule: GateRule | null
}
