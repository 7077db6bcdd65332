import type { FaultPlan } from '../contract/fault.ts'
import type { PropertyVerdict, Samples } from '../contract/property.ts'
import { familyOfFault } from '../faults/catalogue.ts'
import { type Tally, emptyTally } from '../results/tally.ts'
import { mergeTallies } from '../results/merge-tallies.ts'
import type { Scenario } from './scenario.ts'
import type { TrialResult } from './trial.ts'

/** What came of each property in the trials in which one family struck. */
interface Exposure {
  trials: number
  readonly judged: Map<string, number>
  readonly violated: Map<string, number>
}

/** Adds up the trials of one block. */
export class TallyBuilder {
  readonly #triggers = new Map<string, number>()
  readonly #judged = new Map<string, number>()
  readonly #violations = new Map<string, { trials: number; firstTrial: number }>()
  readonly #samples = new Map<string, Map<string, number>>()
  readonly #planned = new Map<string, number>()
  readonly #undelivered = new Map<string, number>()
  readonly #delivered = new Map<string, number>()
  readonly #exposure = new Map<string, Exposure>()
  readonly #ends = new Map<string, number>()
  readonly #leftovers = new Map<string, number>()
  readonly #outside = new Set<string>()
  #trials = 0
  #calls = 0
  #virtualMs = 0

  constructor(scenario: Scenario) {
    for (const { id } of scenario.search.properties) this.#triggers.set(id, 0)
  }

  add(trial: number, plan: FaultPlan, result: TrialResult): void {
    this.#trials++
    this.#calls += result.calls
    this.#virtualMs += result.virtualMs
    increment(this.#ends, result.how, 1)
    for (const what of result.leftovers) increment(this.#leftovers, what, 1)
    for (const what of result.outside) this.#outside.add(what)
    this.#addFaults(plan, result.deliveries)
    this.#addExposure(plan, result)
    for (const [id, verdict] of result.verdicts) {
      if ('triggers' in verdict) increment(this.#triggers, id, verdict.triggers)
      if ('samples' in verdict) this.#addSamples(id, verdict.samples)
      if (isJudged(verdict)) increment(this.#judged, id, 1)
      if (verdict.verdict !== 'violated') continue
      const known = this.#violations.get(id)
      this.#violations.set(id, { trials: (known?.trials ?? 0) + 1, firstTrial: known?.firstTrial ?? trial })
    }
  }

  #addSamples(property: string, samples: Samples = {}): void {
    const counts = this.#samples.get(property) ?? new Map<string, number>()
    for (const [key, count] of Object.entries(samples)) increment(counts, key, count)
    this.#samples.set(property, counts)
  }

  #addFaults(plan: FaultPlan, deliveries: readonly number[]): void {
    for (const [index, { id }] of plan.faults.entries()) {
      const struck = deliveries[index] ?? 0
      increment(this.#planned, id, 1)
      if (struck > 0) increment(this.#delivered, id, struck)
      else increment(this.#undelivered, id, 1)
    }
  }

  /** Families that struck are counted against the properties that were put to the test in the same trial. */
  #addExposure({ faults }: FaultPlan, { deliveries, verdicts }: TrialResult): void {
    const struck = new Set(faults.flatMap(({ id }, index) => ((deliveries[index] ?? 0) > 0 ? [familyOfFault(id)] : [])))
    for (const family of struck) {
      const exposure = this.#exposure.get(family) ?? { trials: 0, judged: new Map(), violated: new Map() }
      this.#exposure.set(family, exposure)
      exposure.trials++
      for (const [id, verdict] of verdicts) {
        if (isJudged(verdict)) increment(exposure.judged, id, 1)
        if (verdict.verdict === 'violated') increment(exposure.violated, id, 1)
      }
    }
  }

  finish(block: number, hash: string): Tally {
    const tally: Tally = {
      ...emptyTally,
      blocks: [{ index: block, hash }],
      trials: this.#trials,
      calls: this.#calls,
      virtualMs: this.#virtualMs,
      ends: Object.fromEntries(this.#ends),
      triggers: Object.fromEntries(this.#triggers),
      judged: Object.fromEntries(this.#judged),
      violations: Object.fromEntries(this.#violations),
      samples: Object.fromEntries([...this.#samples].map(([id, counts]) => [id, Object.fromEntries(counts)])),
      planned: Object.fromEntries(this.#planned),
      undelivered: Object.fromEntries(this.#undelivered),
      delivered: Object.fromEntries(this.#delivered),
      exposure: Object.fromEntries([...this.#exposure].map(([family, counted]) => [family, asRecords(counted)])),
      leftovers: Object.fromEntries(this.#leftovers),
      outside: [...this.#outside],
    }
    // Merging with nothing puts every key in order, so that one block alone and a merge agree in their bytes.
    return mergeTallies(tally, emptyTally)
  }
}

/** Whether a trial put the property to the test. */
function isJudged({ verdict }: PropertyVerdict): boolean {
  return verdict === 'holds' || verdict === 'violated'
}

function asRecords({ trials, judged, violated }: Exposure): Tally['exposure'][string] {
  return { trials, judged: Object.fromEntries(judged), violated: Object.fromEntries(violated) }
}

function increment(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}
