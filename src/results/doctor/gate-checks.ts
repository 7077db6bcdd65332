import { type GateRule, chancesOfAll, gateAlpha, gateChances, missAlphaOf } from '../../objectives/gate-rule.ts'
import { repeatGateRule } from '../../objectives/repeat-gate-rule.ts'
import type { RepeatGate } from '../../objectives/repeat-gate-schema.ts'
import { shareLevel } from '../../objectives/share-level.ts'
import { underCondition } from '../condition-words.ts'
import type { Objective } from '../../objectives/objective-schema.ts'
import type { Familywise } from '../gate-schema.ts'
import { declaredWords, objectiveWords } from '../gate-words.ts'
import { percent } from '../percent.ts'
import { quantity } from '../quantity.ts'
import { repeatGateWords } from '../repeat-gate-results.ts'
import { type QuarantineTerms, isGateAmong } from '../quarantine/quarantine-terms.ts'
import { type MeasurePlan, observationsOf, resolutionSentences } from '../resolution-sentences.ts'
import { type Check, type GateOutlook, checking, foundAndRemedy } from './check.ts'

/** A measure before it is run, with everything that gates it. */
export interface GatePlan extends MeasurePlan {
  readonly scenario: string
  /** Names of the conditions. */
  readonly conditions: readonly string[]
  readonly repeatGates: readonly RepeatGate[]
  readonly familywise: Familywise
  /** How many tasks gates are judged without; default none. */
  readonly quarantinedTasks?: number
}

/** The gates that hold a run up. Tasks in quarantine are of no stratum in particular, so that only their number counts. */
export function withoutQuarantine(plan: GatePlan, { gates, tasks }: QuarantineTerms): GatePlan {
  const isHeld = (gate: Objective | RepeatGate): boolean => isGateAmong(gate, gates)
  return {
    ...plan,
    objectives: plan.objectives.filter((objective) => !isHeld(objective)),
    repeatGates: plan.repeatGates.filter((gate) => !isHeld(gate)),
    quarantinedTasks: tasks.length,
  }
}

/** Chance of failing by luck from which on somebody should know. */
const mostFailingByLuck = 0.02

/** Chance of passing below which somebody should know. */
const wantedPassing = 0.5

/** Says of a measure what its trials cannot show, and how likely each gate is to pass or to fail by luck. */
export function gateChecks(plan: GatePlan): Check[] {
  const check = checking('gates', `of "${plan.scenario}"`)
  const unresolved = resolutionSentences(plan).map((sentence) => check.warning(...foundAndRemedy(sentence)))
  const gates = plannedGates(plan)
  if (gates.length === 0 && unresolved.length === 0) return [check.ok('no share gates the measure')]
  const trials = quantity(plan.trials, 'trial')
  const resolved = unresolved.length > 0 ? [] : [check.ok(`${trials} under each condition can decide every level`)]
  const why = whyNoChances(plan)
  if (why !== null) return [...unresolved, ...resolved, check.ok(`chances are not worked out, because ${why}`)]
  return [...unresolved, ...resolved, ...gates.flatMap((gate) => chanceCheck(gate, plan.scenario))]
}

function whyNoChances({ reading: { isSequential, population } }: GatePlan): string | null {
  if (isSequential) return 'the measure ends as soon as everything is decided; a burn-in tries it'
  return population === 'these tasks' ? null : 'they depend on how repeats of a task agree; a burn-in tries it'
}

interface PlannedGate {
  readonly words: string
  readonly rule: GateRule
  /** The share that is asked for, 0 to 1. */
  readonly level: number
  readonly observations: number
  /** Shares that are judged one by one. */
  readonly parts: number
  /** Whether the resolution of the measure speaks of it already. */
  readonly isToldOf: boolean
}

function plannedGates(plan: GatePlan): PlannedGate[] {
  const all = Object.values(plan.tasks).reduce((sum, count) => sum + count, 0)
  const tasks = all - (plan.quarantinedTasks ?? 0)
  const spokenOf = ({ under }: { readonly under: string | null }): number =>
    under === null ? plan.conditions.length : 1
  const gates =
    plan.objectives.reduce((sum, objective) => sum + spokenOf(objective), 0) +
    plan.repeatGates.reduce((sum, gate) => sum + spokenOf(gate) * tasks, 0)
  const missAlpha = missAlphaOf(gates, plan.familywise)
  const interval = (words: string, level: number, stratum: string | null, alpha: number): PlannedGate => ({
    words,
    rule: { kind: 'interval', level, missAlpha: alpha },
    level,
    observations: observationsOf(plan, stratum),
    parts: 1,
    isToldOf: true,
  })
  return [
    ...plan.objectives.flatMap((objective) => {
      const share = shareLevel(objective)
      return share === null ? [] : [interval(objectiveWords(objective), share.level, null, missAlpha)]
    }),
    ...(plan.isInTurns ? plan.repeatGates : []).map((gate) => ({
      words: `${repeatGateWords(gate)}${gate.under === null ? '' : ` ${underCondition(gate.under)}`}`,
      rule: repeatGateRule(gate, missAlpha),
      level: gate.gate === 'pass^k' ? gate.atLeast ** (1 / gate.k) : gate.atLeast,
      observations: Math.floor(plan.trials / all),
      parts: tasks,
      isToldOf: false,
    })),
    ...plan.declarations.flatMap(({ values, minimumTrials }) =>
      values
        .filter(({ stratum }) => observationsOf(plan, stratum ?? null) >= minimumTrials)
        .map((declared) => interval(declaredWords(declared), declared.value, declared.stratum ?? null, gateAlpha)),
    ),
  ]
}

/** No chance is told where nothing less than every trial is enough, or where there is nothing to ask for. */
function chanceCheck(gate: PlannedGate, scenario: string): Check[] {
  const { words, level, observations } = gate
  if (level <= 0 || observations < 1 || (level >= 1 && gate.rule.kind === 'interval')) return []
  const check = checking('gate', `of "${scenario}"`)
  const chances = outlooks(level).map(({ agentFails, rate }) => ({ agentFails, ...chancesAt(gate, rate) }))
  const [good] = chances
  const found = `${words}: ${chances.map((one) => `${agents[one.agentFails]} ${chanceWords(one)}`).join(', ')}`
  const told = (one: Check): Check[] => [{ ...one, gate: { words, chances } }]
  if (good === undefined) return []
  if (good.failed > mostFailingByLuck)
    return told(check.warning(found, 'ask for less of so few, or judge by an interval'))
  if (!gate.isToldOf && good.passed < wantedPassing) return told(check.warning(found, 'make more trials'))
  return told(check.ok(found))
}

type AgentFails = GateOutlook['chances'][number]['agentFails']

const agents: Readonly<Record<AgentFails, string>> = {
  'half as often': 'an agent that fails half as often as is allowed',
  'just as often': 'one that fails just as often',
  'twice as often': 'one that fails twice as often',
  'once in 100 trials': 'an agent that is right 99 times of 100',
}

/** The agents for which chances are told, with their rates of success, the best first. */
function outlooks(level: number): { readonly agentFails: AgentFails; readonly rate: number }[] {
  if (level >= 1) return [{ agentFails: 'once in 100 trials', rate: 0.99 }]
  return [
    { agentFails: 'half as often', rate: (1 + level) / 2 },
    { agentFails: 'just as often', rate: level },
    ...(2 * level <= 1 ? [] : [{ agentFails: 'twice as often', rate: 2 * level - 1 } as const]),
  ]
}

function chancesAt({ rule, observations, parts }: PlannedGate, rate: number) {
  return chancesOfAll(Array.from({ length: parts }, () => gateChances(rule, observations, rate)))
}

function chanceWords({ passed, failed }: { readonly passed: number; readonly failed: number }): string {
  return `passes with ${percent(passed)} and fails with ${percent(failed)}`
}
