import { z } from 'zod'
import { faultSchema } from '../contract/fault.ts'
import { accuracyDeclarationSchema } from '../objectives/accuracy-declaration.ts'
import { consistencySchema } from '../objectives/consistency-schema.ts'
import { measuredRateSchema } from '../objectives/measured-rate.ts'
import { metrics } from '../objectives/metric.ts'
import { populations } from '../objectives/population.ts'
import { objectiveSchema } from '../objectives/objective-schema.ts'
import { pricesSchema } from '../objectives/indicators/prices.ts'
import { attributionSchema } from './attribution-schema.ts'
import { alertResultSchema } from './alerts/alert-schema.ts'
import { budgetResultSchema, dependencyResultSchema } from './budgets/budget-schema.ts'
import { indicatorMeasuresSchema } from './indicator-measures.ts'
import { familywises, repeatGateResultSchema, scoreResultSchema } from './gate-schema.ts'
import { measureTallySchema } from './measure-tally.ts'
import { surfaceSchema } from './surface-schema.ts'

/** What a set of tasks was measured to do; everything is derived from the counts in the tally. */
export const measuresSchema = z.strictObject({
  /** Tasks that are counted, and those that are not, by reason. */
  tasks: z.int().min(0),
  excluded: z.record(z.string(), z.int().min(0)),
  /** Share of tasks solved. */
  taskSuccess: measuredRateSchema,
  /** Share of tasks that stopped at a deadline, hung, or gave up waiting for a call. */
  timeouts: measuredRateSchema,
  /** Share of trials with an injected policy violation in which no policy or approval property was violated; null for a stratum. */
  violationDetection: measuredRateSchema.nullable(),
  /** Tool calls per task; attempts of one logical call are one. */
  toolCalls: z.strictObject({
    /** Rounded to six digits; null where no task was counted. */
    mean: z.number().min(0).nullable(),
    /** Two-sided 95 % interval of the mean (normal approximation); null below 100 observations. */
    interval: z.tuple([z.number(), z.number()]).nullable(),
    max: z.int().min(0).nullable(),
  }),
  /** Virtual milliseconds from the start of a task to its end, nearest-rank percentiles; null where the task at that rank never ended. */
  latency: z.strictObject({
    p50Ms: z.int().min(0).nullable(),
    p90Ms: z.int().min(0).nullable(),
    p99Ms: z.int().min(0).nullable(),
    /** The slowest of those that ended. */
    maxMs: z.int().min(0).nullable(),
    /** Tasks that never ended. */
    unfinished: z.int().min(0),
  }),
  /** Availability, correctness, safety, hallucination, tokens, cost, delegation depth and drift; null for a stratum. */
  indicators: indicatorMeasuresSchema.nullable().default(null),
})

/** One condition of a measure: the same trials under the same faults at fixed rates. */
export const measuredConditionSchema = z.strictObject({
  /** `without faults`, or the name that the scenario gives it, e.g. `tool failures`. */
  name: z.string(),
  faults: z.array(faultSchema),
  /** The catalogue family of all its faults; null for none or several. */
  family: z.string().nullable(),
  tally: measureTallySchema,
  measures: measuresSchema,
  /** The same without the tasks in quarantine, which is what gates are judged by; null where none is. */
  gatedMeasures: measuresSchema.nullable().default(null),
  /** The measures by stratum (by task, unless tasks name a stratum), in the order of the tasks. */
  strata: z.array(z.strictObject({ stratum: z.string(), measures: measuresSchema })),
  /** How far repeats of a task agree; null where nothing was counted, and in results of earlier versions. */
  consistency: consistencySchema.nullable().default(null),
  attribution: attributionSchema,
})

/** What became of one objective under one condition. */
export const objectiveResultSchema = z.strictObject({
  objective: objectiveSchema,
  /** Name of the condition. */
  condition: z.string(),
  /** `met` or `missed` when the whole interval is on one side of the level; `inconclusive` otherwise. */
  verdict: z.enum(['met', 'missed', 'inconclusive']),
  /** What was seen, with numbers, in one sentence. */
  sentence: z.string(),
  /** Whether it was in quarantine on the day of the run, and held nothing up. */
  isQuarantined: z.boolean().default(false),
})

/** What became of one declared value under one condition. */
export const declarationCheckSchema = z.strictObject({
  metric: z.enum(metrics),
  /** The declared share. */
  value: z.number().min(0).max(1),
  /** Null: all tasks. */
  stratum: z.string().nullable(),
  /** The condition it was checked under; null where the measure has none of that fault class. */
  condition: z.string().nullable(),
  /** `unmeasured`: nothing in this run measures it; `no claim`: fewer trials than the declaration asks for. */
  verdict: z.enum(['upheld', 'refuted', 'inconclusive', 'no claim', 'unmeasured']),
  /** What was measured; null where nothing was. */
  observed: measuredRateSchema.nullable(),
  sentence: z.string(),
})

/** An accuracy declaration and what the measure says of it. */
export const declarationResultSchema = z.strictObject({
  declaration: accuracyDeclarationSchema,
  checks: z.array(declarationCheckSchema),
})

/** What a scenario's measure came to. */
export const measureResultSchema = z.strictObject({
  /** Trials that the scenario asks for under each condition; a quick run makes fewer. */
  declaredTrials: z.int().min(1),
  /** What rates speak of, and with them every interval that gates. */
  population: z.enum(populations).default('these tasks'),
  /** SHA-256 over the block hashes of all conditions: the identity of every trace of the measure. */
  traceHash: z.string(),
  /**
   * Trials under each condition at most, where the measure ends as soon as everything is decided; null where it makes all
   * of them. Its verdicts rest on confidence sequences.
   */
  mostTrials: z.int().min(1).nullable().default(null),
  /** The condition without faults comes first. */
  conditions: z.array(measuredConditionSchema).min(1),
  /** What so many trials cannot show, or most likely do not, of levels and declared values; said before the first trial. */
  resolution: z.array(z.string()).default([]),
  /** Null where the scenario has none. */
  surface: surfaceSchema.nullable().default(null),
  objectives: z.array(objectiveResultSchema),
  /** What tokens cost; null where the measure does not say. */
  prices: pricesSchema.nullable().default(null),
  /** Gates on every single task. */
  repeatGates: z.array(repeatGateResultSchema).default([]),
  /** Thresholds that are shown and do not gate. */
  scores: z.array(scoreResultSchema).default([]),
  /** How misses of several gates were judged together; earlier versions judged each by itself. */
  familywise: z.enum(familywises).default('none'),
  /** Null where the scenario has none. */
  declaration: declarationResultSchema.nullable(),
  /** The error budget of each objective that is a share, under each condition; none in results of earlier versions. */
  budgets: z.array(budgetResultSchema).default([]),
  /** What upstreams have promised, and how they kept it under each condition. */
  dependencies: z.array(dependencyResultSchema).default([]),
  /** What the alerts that are watched say under each condition. */
  alerts: z.array(alertResultSchema).default([]),
})

export type Measures = z.output<typeof measuresSchema>
export type MeasuredCondition = z.output<typeof measuredConditionSchema>
export type ObjectiveResult = z.output<typeof objectiveResultSchema>
export type DeclarationCheck = z.output<typeof declarationCheckSchema>
export type DeclarationResult = z.output<typeof declarationResultSchema>
export type MeasureResult = z.output<typeof measureResultSchema>
