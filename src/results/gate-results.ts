import type { ConditionCounts } from '../objectives/condition-counts.ts'
import type { Prices } from '../objectives/indicators/prices.ts'
import { judgeObjective } from '../objectives/judge-objective.ts'
import type { Objective } from '../objectives/objective-schema.ts'
import { plainReading } from '../objectives/population.ts'
import { refutationLevel } from '../objectives/refutation-level.ts'
import type { RepeatGate } from '../objectives/repeat-gate-schema.ts'
import { holm } from '../statistics/adjusted-p-values.ts'
import { type QuarantineTerms, isGateAmong, noQuarantine } from './quarantine/quarantine-terms.ts'
import type { Familywise, RepeatGateResult, ScoreResult } from './gate-schema.ts'
import type { ObjectiveResult } from './measure-schema.ts'
import type { MeasureTally } from './measure-tally.ts'
import { objectiveSentence } from './objective-words.ts'
import { openRepeatGates, repeatGateResult } from './repeat-gate-results.ts'

/** What a measure is gated by, and what it shows beside. */
export interface GateTerms {
  readonly objectives: readonly Objective[]
  readonly repeatGates?: readonly RepeatGate[]
  readonly scores?: readonly Objective[]
  /** Default `holm`. */
  readonly familywise?: Familywise
  /** What tokens cost, for the words of objectives on it. */
  readonly prices?: Prices | null
  /** Ids of the tasks, in their order. */
  readonly tasks?: readonly string[]
  /** What is in quarantine on the day of the run; default nothing. */
  readonly quarantine?: QuarantineTerms
}

/** One condition as gates read it. */
export interface GatedCondition {
  /** Without the tasks in quarantine. */
  readonly counts: ConditionCounts
  /** Of all tasks, which scores speak of; absent: none is in quarantine. */
  readonly allCounts?: ConditionCounts
  readonly tally: MeasureTally
}

/** What became of everything that gates, and of the scores. */
export interface GateResults {
  readonly objectives: ObjectiveResult[]
  readonly repeatGates: RepeatGateResult[]
  readonly scores: ScoreResult[]
}

const alpha = 0.05

/**
 * Judges gates and scores.
 *
 * All gates must be met for a pass, so more of them make a false pass no likelier. But a single false miss stops a
 * deploy: misses are adjusted by Holm over all gates, those on single tasks counting one a task, and a miss that
 * does not survive is undecided. Gates in quarantine stop nothing, so they are judged by themselves and crowd no other.
 */
export function gateResults(terms: GateTerms, conditions: readonly GatedCondition[]): GateResults {
  const { objectives, repeatGates = [], scores = [], familywise = 'holm', tasks = [], prices = null } = terms
  const { quarantine = noQuarantine } = terms
  const currency = prices?.currency ?? null
  const isHeld = (gate: Objective | RepeatGate): boolean => isGateAmong(gate, quarantine.gates)
  const without = withoutTasks(quarantine)
  const judged = objectives.flatMap((objective) => judgedUnder(objective, conditions, currency))
  const open = repeatGates.flatMap((gate) => openRepeatGates(gate, conditions, tasks, quarantine.tasks))
  const levels = [
    ...judged.filter(({ result }) => !isHeld(result.objective)).map(({ p }) => p),
    ...open.filter(({ gate }) => !isHeld(gate)).flatMap((gate) => gate.tasks.map(({ p }) => p)),
  ]
  const adjusted = familywise === 'holm' ? holm(levels) : levels
  const adjustedOf = new Map(levels.map((p, index) => [p, adjusted[index] ?? p]))
  const holds = ({ p }: { readonly p: number }): boolean => (adjustedOf.get(p) ?? p) <= alpha
  return {
    objectives: judged.map(({ result, p }) => {
      if (isHeld(result.objective)) return { ...without(result), isQuarantined: true }
      const isProven = result.verdict !== 'missed' || holds({ p })
      return without(isProven ? result : unproven(result, p, adjustedOf.get(p) ?? p, levels.length))
    }),
    repeatGates: open.map((one) =>
      isHeld(one.gate)
        ? { ...without(repeatGateResult(one, ({ p }) => p <= alpha)), isQuarantined: true }
        : without(repeatGateResult(one, holds)),
    ),
    scores: scores.flatMap((score) => {
      const ofAll = conditions.map((each) => ({ ...each, counts: each.allCounts ?? each.counts }))
      return judgedUnder(score, ofAll, currency).map(({ result }) => scoreResult(result))
    }),
  }
}

/** Says what a gate was judged without. */
function withoutTasks({
  tasks,
}: QuarantineTerms): <Judged extends { readonly sentence: string }>(one: Judged) => Judged {
  const named = tasks.map((task) => `"${task}"`).join(', ')
  const prefix = tasks.length === 0 ? '' : `without ${tasks.length === 1 ? 'task' : 'tasks'} ${named} (in quarantine), `
  return (one) => ({ ...one, sentence: `${prefix}${one.sentence}` })
}

interface JudgedObjective {
  readonly result: ObjectiveResult
  /** The smallest α at which it is missed; 1 where it is not. */
  readonly p: number
}

/** An objective holds under each condition, or under the one that it names. Attacks happen under some conditions only. */
function judgedUnder(
  objective: Objective,
  conditions: readonly GatedCondition[],
  currency: string | null,
): JudgedObjective[] {
  const counts = conditions.map((each) => each.counts)
  const spokenOf = counts.filter(({ name }) => objective.under === null || objective.under === name)
  const attacked = spokenOf.filter(({ attacked: { caught, missed } }) => caught + missed > 0)
  const isOfAttacks = objective.measure === 'violation detection' && attacked.length > 0
  return (isOfAttacks ? attacked : spokenOf).map((condition) => judged(objective, condition, currency))
}

function judged(objective: Objective, condition: ConditionCounts, currency: string | null): JudgedObjective {
  const judgement = judgeObjective(objective, condition)
  const { verdict } = judgement
  const at = (level: number): ConditionCounts => ({
    ...condition,
    reading: { ...(condition.reading ?? plainReading), alpha: level },
  })
  const isMissed = (level: number): boolean => judgeObjective(objective, at(level)).verdict === 'missed'
  return {
    result: {
      objective,
      condition: condition.name,
      verdict,
      sentence: objectiveSentence(objective, condition.name, judgement, currency),
      isQuarantined: false,
    },
    p: verdict === 'missed' ? refutationLevel(isMissed, alpha) : 1,
  }
}

function unproven(result: ObjectiveResult, p: number, adjusted: number, gates: number): ObjectiveResult {
  const alone = `missed by itself (p ${p.toFixed(4)}), and with ${gates} gates chance alone may do that (Holm p ${adjusted.toFixed(4)})`
  return {
    ...result,
    verdict: 'inconclusive',
    sentence: result.sentence.replace(/so it is missed$/, `${alone}, so it is inconclusive`),
  }
}

const states = { met: 'good', missed: 'below', inconclusive: 'unknown' } as const

function scoreResult({ objective, condition, verdict, sentence }: ObjectiveResult): ScoreResult {
  const state = states[verdict]
  return { objective, condition, state, sentence: sentence.replace(/so it is \w+$/, `so it is ${state}`) }
}
