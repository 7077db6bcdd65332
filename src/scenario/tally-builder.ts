import type { FaultPlan } from '../contract/fault.ts'
import { type Tally, emptyTally } from '../results/tally.ts'
import { mergeTallies } from '../results/merge-tallies.ts'
import type { Scenario } from './scenario.ts'
import type { TrialResult } from './trial.ts'

/** Adds up the trials of one block. */
export class TallyBuilder {
  readonly #triggers: Record<string, number> = {}
  readonly #violations: Record<string, { trials: number; firstTrial: number }> = {}
  readonly #planned: Record<string, number> = {}
  readonly #undelivered: Record<string, number> = {}
  readonly #delivered: Record<string, number> = {}
  readonly #ends: Record<string, number> = {}
  readonly #outside = new Set<string>()
  #trials = 0
  #calls = 0
  #virtualMs = 0

  constructor(scenario: Scenario) {
    for (const { id } of scenario.search.properties) this.#triggers[id] = 0
  }

  add(trial: number, plan: FaultPlan, result: TrialResult): void {
    this.#trials++
    this.#calls += result.calls
    this.#virtualMs += result.virtualMs
    increment(this.#ends, result.how, 1)
    for (const what of result.outside) this.#outside.add(what)
    this.#addFaults(plan, result.deliveries)
    for (const [id, verdict] of result.verdicts) {
      if ('triggers' in verdict) increment(this.#triggers, id, verdict.triggers)
      if (verdict.verdict !== 'violated') continue
      const known = this.#violations[id]
      this.#violations[id] = { trials: (known?.trials ?? 0) + 1, firstTrial: known?.firstTrial ?? trial }
    }
  }

  #addFaults(plan: FaultPlan, deliveries: readonly number[]): void {
    for (const [index, { id }] of plan.faults.entries()) {
      const struck = deliveries[index] ?? 0
      increment(this.#planned, id, 1)
      if (struck > 0) increment(this.#delivered, id, struck)
      else increment(this.#undelivered, id, 1)
    }
  }

  finish(block: number, hash: string): Tally {
    const tally: Tally = {
      ...emptyTally,
      blocks: [{ index: block, hash }],
      trials: this.#trials,
      calls: this.#calls,
      virtualMs: this.#virtualMs,
      ends: this.#ends,
      triggers: this.#triggers,
      violations: this.#violations,
      planned: this.#planned,
      undelivered: this.#undelivered,
      delivered: this.#delivered,
      outside: [...this.#outside],
    }
    // Merging with nothing puts every key in order, so that one block alone and a merge agree in their bytes.
    return mergeTallies(tally, emptyTally)
  }
}

function increment(counts: Record<string, number>, key: string, by: number): void {
  counts[key] = (counts[key] ?? 0) + by
}
