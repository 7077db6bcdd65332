import { outwards } from '../../objectives/rounded-interval.ts'
import { clopperPearson } from '../../statistics/clopper-pearson.ts'
import type { Outcome } from './burnt-gate.ts'
import { outcomes } from './burnt-gate.ts'

/** Runs of a burn-in by what became of a gate. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>

/**
 * Whether a gate says the same of the same agent.
 *
 * `firm`: in every run. `coin toss`: runs differ. `nearly firm`: they differ, and are shown to do so in less than
 * one of twenty. `never decided`: no run decided anything.
 */
export type Steadiness = 'firm' | 'nearly firm' | 'coin toss' | 'never decided'

/** Share of runs that may come out otherwise for a gate that has been seen to. */
const rarely = 0.05

/** How steadily a gate came out. */
export interface Steadied {
  readonly counts: OutcomeCounts
  /** Exact 95 % interval of the share of runs that fail. */
  readonly failureRate: readonly [number, number]
  /** The same of the share of runs that come out otherwise than most. */
  readonly otherwise: readonly [number, number]
  readonly steadiness: Steadiness
}

/**
 * Counts outcomes and says how steady they are.
 *
 * A gate that was seen to come out in two ways depends on luck: that needs no further proof. It has to prove that it does
 * so rarely, by an interval that lies whole below one run in twenty; until then it is called a coin toss.
 */
export function steadied(seen: readonly Outcome[]): Steadied {
  const runs = seen.length
  const of = (wanted: Outcome): number => seen.filter((outcome) => outcome === wanted).length
  const counts = { passed: of('passed'), failed: of('failed'), undecided: of('undecided') }
  const others = runs - Math.max(...outcomes.map((outcome) => counts[outcome]))
  const otherwise = outwards(clopperPearson(others, runs))
  return {
    counts,
    failureRate: outwards(clopperPearson(counts.failed, runs)),
    otherwise,
    steadiness: steadinessOf(counts.undecided === runs, others, otherwise[1]),
  }
}

function steadinessOf(isNeverDecided: boolean, others: number, otherwiseAtMost: number): Steadiness {
  if (isNeverDecided) return 'never decided'
  if (others === 0) return 'firm'
  return otherwiseAtMost < rarely ? 'nearly firm' : 'coin toss'
}
