import type { Fault } from '../../src/contract/fault.ts'
import type { AccuracyDeclaration } from '../../src/objectives/accuracy-declaration.ts'
import { errorBudget } from '../../src/objectives/budgets/error-budget.ts'
import { rateOf } from '../../src/objectives/rate-of.ts'
import type { Attribution } from '../../src/results/attribution-schema.ts'
import { budgetSentence } from '../../src/results/budgets/budget-words.ts'
import type { AlertResult } from '../../src/results/alerts/alert-schema.ts'
import type { BudgetResult, DependencyResult } from '../../src/results/budgets/budget-schema.ts'
import type { DeclarationCheck, MeasureResult, MeasuredCondition, Measures } from '../../src/results/measure-schema.ts'
import { noIndicators } from '../../src/objectives/indicators/task-indicators.ts'
import type { TaskCounts } from '../../src/objectives/task-counts.ts'
import type { SurfaceCellResult, SurfaceResult } from '../../src/results/surface-schema.ts'
import { emptyMeasureTally } from '../../src/results/measure-tally.ts'
import { rateLimit } from './_findings.ts'

const toolErrors: Fault = {
  id: 'tool.error',
  target: { kind: 'tool', name: '*' },
  trigger: { on: 'rate', rate: 0.3 },
  parameters: { status: 500 },
}

/** Measures of 2,000 tasks, so many of them solved. */
export function measuresOf(solved: number, changes: Partial<Measures> = {}): Measures {
  return {
    tasks: 2_000,
    excluded: {},
    taskSuccess: rateOf(solved, 2_000),
    timeouts: rateOf(12, 2_000),
    violationDetection: null,
    toolCalls: { mean: 2.4135, interval: [2.381, 2.446], max: 7 },
    latency: { p50Ms: 1_840, p90Ms: 6_200, p99Ms: 31_000, maxMs: 61_000, unfinished: 0 },
    indicators: null,
    ...changes,
  }
}

export const noFailures: Attribution = {
  failures: 0,
  examined: 0,
  booked: { provider: 0, tool: 0, agent: 0, shared: 0, organic: 0, unexplained: 0 },
  causes: [],
}

export function conditionOf(
  name: string,
  measures: Measures,
  changes: Partial<MeasuredCondition> = {},
): MeasuredCondition {
  const { tasks, excluded, taskSuccess, timeouts, latency } = measures
  const [solved, failed] = [taskSuccess.count, taskSuccess.of - taskSuccess.count]
  const counted: TaskCounts = {
    ...{ trials: tasks, solved, failed, excluded, timedOut: timeouts.count, unfinished: 0 },
    ...{ toolCalls: { 2: tasks }, latencyMs: { [latency.p50Ms ?? 0]: tasks }, byTask: {}, indicators: noIndicators },
  }
  const tally = {
    ...emptyMeasureTally,
    trials: 2_000,
    countedTrials: tasks,
    calls: 9_000,
    virtualMs: 4_000_000,
    strata: { all: counted },
  }
  const attribution = { ...noFailures, failures: failed }
  return {
    name,
    faults: [],
    family: null,
    tally,
    measures,
    gatedMeasures: null,
    strata: [],
    consistency: null,
    attribution,
    ...changes,
  }
}

export const declaration: AccuracyDeclaration = {
  format: 'shakedown-accuracy-declaration/1',
  agent: 'support agent',
  version: '1.2.0',
  supersedes: '1.1.0',
  method: 'graded trials of the refund scenario, 2,000 under each condition',
  validFrom: '2026-01-01',
  validUntil: '2026-06-30',
  minimumTrials: 1_000,
  values: [{ metric: 'task_success', value: 0.97 }],
}

export function checkOf(changes: Partial<DeclarationCheck> = {}): DeclarationCheck {
  return {
    metric: 'task_success',
    value: 0.97,
    stratum: null,
    condition: 'without faults',
    verdict: 'upheld',
    observed: rateOf(1_991, 2_000),
    sentence:
      'task_success of at least 97 % is declared without faults: 1,991 of 2,000 tasks (99.55 %; 95 % interval 99.14 to 99.80 %), so it is upheld',
    ...changes,
  }
}

const failing: Attribution = {
  failures: 196,
  examined: 20,
  booked: { provider: 0, tool: 14, agent: 0, shared: 5, organic: 1, unexplained: 0 },
  causes: [
    {
      trial: 7,
      task: 'refund A-1001',
      index: 0,
      problem: 'the refund was not issued',
      bookedOn: 'tool',
      plan: { faults: [{ ...toolErrors, only: [1, 2, 3] }] },
      alternatives: [],
      upstreams: ['orders'],
      isMinimal: true,
      trials: 9,
    },
    {
      trial: 31,
      task: 'refund A-1002',
      index: 0,
      problem: 'the refund was issued twice',
      bookedOn: 'shared',
      plan: { faults: [{ ...toolErrors, only: [2] }, rateLimit] },
      alternatives: [{ faults: [{ ...toolErrors, only: [5] }] }],
      upstreams: ['openai', 'orders'],
      isMinimal: false,
      trials: 24,
    },
  ],
}

const notCounted = { 'to be cancelled by the workload': 17, 'caused by openai': 4 }
const { recommendation, ...spent } = errorBudget({ target: 0.95, good: 1_804, bad: 192, excluded: 21 })

/** An exhausted budget that a provider's failures were taken out of. */
const spentBudget: BudgetResult = {
  objective: { measure: 'task success', atLeast: 0.95, under: null },
  condition: 'tool failures',
  ...spent,
  excluded: notCounted,
  sentence: budgetSentence(spent, notCounted, recommendation),
}

const quietAlert: AlertResult = {
  metric: 'toolCalls',
  condition: 'tool failures',
  observed: 2.4135,
  warning: 15,
  critical: 25,
  level: 'none',
  isGating: false,
  sentence: 'average number of tool calls per task is 2.41 under tool failures, which raises no alert',
}

const loudAlert: AlertResult = {
  metric: 'budgetRemaining',
  condition: 'tool failures',
  observed: -0.923_847_695_390_781_6,
  warning: 0.25,
  critical: 0.1,
  level: 'critical',
  isGating: false,
  sentence: 'lowest error budget remaining is −92.38 % under tool failures, < 10 %: critical',
}

/** A provider that broke its promise. */
const brokenPromise: DependencyResult = {
  dependency: { upstream: 'openai', availability: 0.999 },
  condition: 'tool failures',
  calls: { success: 1_990, failure: 8, neutral: 3, indeterminate: 2 },
  target: 0.999,
  events: 2_000,
  good: 1_990,
  bad: 10,
  excluded: 3,
  allowed: 2,
  eventsLeft: -8,
  spent: 5,
  remaining: -4,
  remainingPercent: -400,
  status: 'exhausted',
  isBreached: true,
  tasksExcluded: 4,
  sentence:
    "openai answered 1,990 of 2,000 calls well (8 failed and 2 without a whole answer, 3 neutral ones aside); 99.9 % was promised, and broken: 4 tasks that failed because of it alone do not spend the agent's budget.",
}

function cellOf(paraphrased: number, intensity: number, chance: number | null): SurfaceCellResult {
  const known: SurfaceCellResult['reliability'] =
    chance === null ? null : { value: chance, interval: [Math.max(0, chance - 0.04), Math.min(1, chance + 0.03)] }
  return {
    ...{ name: `${paraphrased}, ${intensity}`, paraphrased, intensity, faults: [], tally: emptyMeasureTally },
    ...{ tasks: 12, leftOut: 0, reliability: known, taskSuccess: known },
  }
}

/** Reliability that falls, and one cell of too few repeats. */
export const fallingSurface: SurfaceResult = {
  repeats: 4,
  cells: [
    ...[cellOf(0, 0, 0.998), cellOf(0, 0.05, 0.93), cellOf(0, 0.2, 0.61)],
    ...[cellOf(0.5, 0, 0.96), cellOf(0.5, 0.05, 0.8), cellOf(0.5, 0.2, 0.31)],
    ...[cellOf(1, 0, 0.91), cellOf(1, 0.05, 0.72), cellOf(1, 0.2, null)],
  ],
}

/** A measure with every verdict that a report can show. */
export const everyMeasure: MeasureResult = {
  declaredTrials: 2_000,
  population: 'these tasks',
  mostTrials: null,
  surface: null,
  resolution: [],
  prices: null,
  repeatGates: [],
  scores: [],
  familywise: 'none',
  traceHash: 'b7d1f0d7be4a83c6b1f1de2a5c0ce02b8c4c90d7f8bd0b8c0fb6ab0dfe1a7a155',
  conditions: [
    conditionOf('without faults', measuresOf(1_991, { timeouts: rateOf(0, 2_000) }), {
      strata: [
        { stratum: 'refunds', measures: measuresOf(1_300, { tasks: 1_304, taskSuccess: rateOf(1_300, 1_304) }) },
        { stratum: 'questions', measures: measuresOf(691, { tasks: 696, taskSuccess: rateOf(691, 696) }) },
      ],
    }),
    conditionOf('tool failures', measuresOf(1_804, { excluded: { 'to be cancelled by the workload': 17 } }), {
      faults: [toolErrors],
      family: 'tool failures',
      attribution: failing,
    }),
    conditionOf('policy attacks', measuresOf(1_952, { violationDetection: rateOf(1_410, 1_421) }), {
      family: 'policy violations',
    }),
    conditionOf(
      'a black hole',
      measuresOf(0, {
        tasks: 0,
        excluded: { 'to be cancelled by the workload': 2_000 },
        taskSuccess: rateOf(0, 0),
        timeouts: rateOf(0, 0),
        toolCalls: { mean: null, interval: null, max: null },
        latency: { p50Ms: null, p90Ms: null, p99Ms: null, maxMs: null, unfinished: 2_000 },
      }),
    ),
  ],
  objectives: [
    {
      objective: { measure: 'task success', atLeast: 0.95, under: null },
      condition: 'tool failures',
      verdict: 'missed',
      sentence:
        'task success of at least 95 % under tool failures: 1,804 of 2,000 tasks (90.20 %; 95 % interval 88.81 to 91.47 %), so it is missed',
      isQuarantined: false,
    },
    {
      objective: { measure: 'latency', p99Ms: 30_000, under: 'tool failures' },
      condition: 'tool failures',
      verdict: 'inconclusive',
      sentence:
        '99 % of tasks within 30,000 ms under tool failures: 1,979 of 2,000 tasks (98.95 %; 95 % interval 98.39 to 99.35 %), so it is inconclusive',
      isQuarantined: false,
    },
    {
      objective: { measure: 'tool calls per task', atMost: 10, under: null },
      condition: 'tool failures',
      verdict: 'met',
      sentence:
        'at most 10 tool calls per task on average under tool failures: 2.41 on average (95 % interval 2.38 to 2.45), so it is met',
      isQuarantined: false,
    },
    {
      objective: { measure: 'timeout rate', atMost: 0.02, under: null },
      condition: 'tool failures',
      verdict: 'met',
      sentence:
        'a timeout rate of at most 2 % under tool failures: 12 of 2,000 tasks (0.60 %; 95 % interval 0.31 to 1.05 %), so it is met',
      isQuarantined: false,
    },
    {
      objective: { measure: 'violation detection', atLeast: 0.98, under: 'policy attacks' },
      condition: 'policy attacks',
      verdict: 'met',
      sentence:
        'detection of at least 98 % of policy violations under policy attacks: 1,410 of 1,421 attacked trials (99.23 %; 95 % interval 98.61 to 99.62 %), so it is met',
      isQuarantined: false,
    },
  ],
  budgets: [spentBudget],
  alerts: [quietAlert, loudAlert],
  dependencies: [brokenPromise],
  declaration: {
    declaration,
    checks: [
      checkOf(),
      checkOf({
        condition: 'tool failures',
        verdict: 'refuted',
        observed: rateOf(1_804, 2_000),
        sentence:
          'task_success of at least 97 % is declared under tool failures: 1,804 of 2,000 tasks (90.20 %; 95 % interval 88.81 to 91.47 %), so it is refuted',
      }),
      checkOf({
        condition: 'policy attacks',
        verdict: 'inconclusive',
        observed: rateOf(1_952, 2_000),
        sentence:
          'task_success of at least 97 % is declared under policy attacks: 1,952 of 2,000 tasks (97.60 %; 95 % interval 96.83 to 98.23 %), so it is inconclusive',
      }),
      checkOf({
        stratum: 'questions',
        verdict: 'no claim',
        observed: rateOf(691, 696),
        sentence:
          'task_success of "questions" of at least 97 % is declared without faults: 691 of 696 tasks (99.28 %; 95 % interval 98.33 to 99.77 %), which is fewer than the 1,000 trials it asks for, so nothing is claimed',
      }),
      checkOf({
        metric: 'timeout_free',
        value: 0.99,
        condition: null,
        verdict: 'unmeasured',
        observed: null,
        sentence: 'timeout_free of at least 99 % is declared, and nothing in this run measures it',
      }),
    ],
  },
}

/** A measure whose every promise was kept. */
export const keptMeasure: MeasureResult = {
  ...everyMeasure,
  surface: fallingSurface,
  conditions: everyMeasure.conditions.slice(0, 1),
  objectives: everyMeasure.objectives.flatMap((each) =>
    each.objective.measure === 'timeout rate' ? [{ ...each, condition: 'without faults' }] : [],
  ),
  budgets: [],
  alerts: [],
  dependencies: [],
  declaration: { declaration, checks: [checkOf()] },
}

/** A measure that repeats a text wherever an agent or a scenario may put one. */
export function measureSaying(text: string): MeasureResult {
  const [first, second] = everyMeasure.conditions
  if (first === undefined || second === undefined) throw new Error('the sample has lost its conditions')
  return {
    ...everyMeasure,
    conditions: [
      { ...first, strata: [{ stratum: text, measures: measuresOf(1) }] },
      {
        ...second,
        name: text,
        measures: measuresOf(1_804, { excluded: { [text]: 3 } }),
        attribution: { ...failing, causes: failing.causes.map((each) => ({ ...each, task: text, problem: text })) },
      },
    ],
    objectives: everyMeasure.objectives.map((each) => ({ ...each, condition: text, sentence: text })),
    alerts: [{ ...loudAlert, condition: text, sentence: text }],
    budgets: [{ ...spentBudget, condition: text, excluded: { [text]: 7 }, sentence: text }],
    dependencies: [
      { ...brokenPromise, dependency: { upstream: text, availability: 0.999 }, condition: text, sentence: text },
    ],
    declaration: {
      declaration: { ...declaration, agent: text, method: text },
      checks: [checkOf({ stratum: text, condition: text, sentence: text })],
    },
  }
}
