import { type ConditionCounts, allTasks } from '../../objectives/condition-counts.ts'
import { type GateRule, gateAlpha, missAlphaOf } from '../../objectives/gate-rule.ts'
import { judgeObjective } from '../../objectives/judge-objective.ts'
import type { MeasuredRate } from '../../objectives/measured-rate.ts'
import { repeatGateRule } from '../../objectives/repeat-gate-rule.ts'
import type { RepeatGate } from '../../objectives/repeat-gate-schema.ts'
import { shareLevel } from '../../objectives/share-level.ts'
import { underCondition } from '../condition-words.ts'
import { declaredWords, objectiveWords } from '../gate-words.ts'
import type { DeclarationCheck, DeclarationResult, MeasureResult, ObjectiveResult } from '../measure-schema.ts'
import { readingOf } from '../measure-reading.ts'
import type { QuarantineTerms } from '../quarantine/quarantine-terms.ts'
import { gatedCountsOf } from '../summarise-condition.ts'
import { openRepeatGates, repeatGateWords } from '../repeat-gate-results.ts'
import type { BurntGate, CountedGood, Outcome } from './burnt-gate.ts'

/** What one run of a burn-in came to. */
export interface BurntMeasure {
  readonly measure: MeasureResult
  /** Its own declaration and the published ones in force. */
  readonly declarations: readonly DeclarationResult[]
  readonly repeatGates: readonly RepeatGate[]
  /** Ids of the tasks, in their order. */
  readonly tasks: readonly string[]
  readonly quarantine: QuarantineTerms
}

const outcomeOf = {
  met: 'passed',
  upheld: 'passed',
  missed: 'failed',
  refuted: 'failed',
  unmeasured: 'failed',
  inconclusive: 'undecided',
  'no claim': 'undecided',
} as const satisfies Record<string, Outcome>

/** Everything that gates a measure, with what became of it and what that was drawn from. */
export function burntGates(burnt: BurntMeasure): BurntGate[] {
  const { measure, declarations } = burnt
  const reading = readingOf(measure)
  const conditions = measure.conditions.map((condition) => gatedCountsOf(condition, condition.tally, reading))
  const objectives = measure.objectives.filter(({ isQuarantined }) => !isQuarantined)
  const repeatGates = measure.repeatGates.filter(({ isQuarantined }) => !isQuarantined)
  const gates = objectives.length + repeatGates.reduce((sum, gate) => sum + tasksIn(gate), 0)
  const terms: Terms = {
    // Of clusters and of looks on the way, chances depend on more than the shares.
    isExact: reading.population === 'these tasks' && !reading.isSequential,
    missAlpha: missAlphaOf(gates, measure.familywise),
    currency: measure.prices?.currency ?? null,
  }
  return [
    ...measure.objectives.map((result) => ofObjective(result, conditions, terms)),
    ...ofRepeatGates(burnt, conditions, terms),
    ...declarations.flatMap(({ declaration: { version, minimumTrials }, checks }) =>
      checks.map((check) => ofDeclared(check, version, minimumTrials, terms)),
    ),
  ]
}

interface Terms {
  readonly isExact: boolean
  readonly missAlpha: number
  readonly currency: string | null
}

function tasksIn({ met, failing, undecided }: MeasureResult['repeatGates'][number]): number {
  return met + failing.length + undecided.length
}

function ofObjective(
  { objective, condition, verdict, isQuarantined }: ObjectiveResult,
  conditions: readonly ConditionCounts[],
  { isExact, missAlpha, currency }: Terms,
): BurntGate {
  const gate = held(objectiveWords({ ...objective, under: condition }, currency), isQuarantined)
  const base = { gate, outcome: outcomeOf[verdict] }
  const share = shareLevel(objective)
  const counts = conditions.find(({ name }) => name === condition)
  const rate = counts === undefined ? null : judgeObjective(objective, counts).rate
  if (share === null || rate === null) return { ...base, shares: [], rule: null }
  const rule: GateRule = { kind: 'interval', level: share.level, missAlpha: isQuarantined ? gateAlpha : missAlpha }
  return { ...base, shares: [goodOf(rate, share.countsBad)], rule: isExact ? rule : null }
}

function ofRepeatGates(
  { measure, repeatGates, tasks, quarantine }: BurntMeasure,
  counts: readonly ConditionCounts[],
  { isExact, missAlpha }: Terms,
): BurntGate[] {
  const conditions = measure.conditions.flatMap(({ tally }, index) =>
    counts.slice(index, index + 1).map((each) => ({ tally, counts: each })),
  )
  const open = repeatGates.flatMap((gate) => openRepeatGates(gate, conditions, tasks, quarantine.tasks))
  return measure.repeatGates.map(({ gate, condition, verdict, isQuarantined }, index) => ({
    gate: held(`${repeatGateWords(gate)} ${underCondition(condition)}`, isQuarantined),
    outcome: outcomeOf[verdict],
    shares: (open[index]?.tasks ?? []).map(({ task, solved, of }) => ({ task, good: solved, of, observations: of })),
    // Tasks that share a trial do not fail independently of each other; a count is taken trial by trial all the same.
    rule: isExact && counts.every(isOneByOne) ? repeatGateRule(gate, isQuarantined ? gateAlpha : missAlpha) : null,
  }))
}

/** A gate in quarantine is burned in as well: whether it is firm decides whether it may come out. */
function held(words: string, isQuarantined: boolean): string {
  return isQuarantined ? `${words} (in quarantine)` : words
}

function isOneByOne(condition: ConditionCounts): boolean {
  const { solved, failed, trials } = allTasks(condition)
  return solved + failed === trials
}

function ofDeclared(check: DeclarationCheck, version: string, minimumTrials: number, { isExact }: Terms): BurntGate {
  const { metric, value, stratum, condition, observed, verdict } = check
  const where = condition === null ? {} : { faultClass: condition }
  const words = declaredWords({ metric, value, ...(stratum === null ? {} : { stratum }), ...where })
  const isClaimed = observed !== null && observed.observations >= minimumTrials
  return {
    gate: `${words} (declaration ${version})`,
    outcome: outcomeOf[verdict],
    shares: observed === null ? [] : [goodOf(observed, false)],
    rule: isExact && isClaimed ? { kind: 'interval', level: value, missAlpha: gateAlpha } : null,
  }
}

function goodOf({ count, of, observations }: MeasuredRate, countsBad: boolean): CountedGood {
  return { task: null, good: countsBad ? of - count : count, of, observations }
}
