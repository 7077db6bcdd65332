import { z } from 'zod'
import { faultPlanSchema } from '../contract/fault.ts'
import { breakerLaneSchema } from './breaker-lane-schema.ts'
import { editionSchema } from './edition-schema.ts'
import { comparisonSchema } from './comparison/comparison-schema.ts'
import { fingerprintSchema } from './fingerprint-schema.ts'
import { declarationResultSchema, measureResultSchema } from './measure-schema.ts'
import { incidentSchema } from './incidents/incident-schema.ts'
import { notRunSchema } from './not-run/not-run-schema.ts'
import { quarantineResultSchema } from './quarantine/quarantine-schema.ts'
import { tallySchema } from './tally.ts'

/** Acceptance of a known, true finding: shown, not gating, until it expires. */
export const acceptedFindingSchema = z.strictObject({
  /** Property ID. */
  property: z.string().min(1),
  reason: z.string().min(1),
  owner: z.string().min(1),
  /** The last day on which the acceptance holds, `YYYY-MM-DD`. */
  expires: z.iso.date(),
})

/** One line of a finding's timeline, in words. */
export const timelineEntrySchema = z.strictObject({
  /** Virtual milliseconds since the start of the trial. */
  at: z.int().min(0),
  /** What the line is about; renderings colour by it. */
  kind: z.enum(['task', 'model', 'tool', 'approval', 'fault', 'effect', 'end', 'world']),
  text: z.string(),
  /** The upstream call it belongs to; null for none. */
  call: z.int().min(0).nullable(),
  /** Name of the upstream it concerns: renderings give each its own lane. Absent where there is none. */
  upstream: z.string().optional(),
})

/** Why a property is violated, and where in the timeline that shows. */
export const witnessSchema = z.strictObject({
  sentence: z.string(),
  /** Virtual milliseconds at which the violation became certain. */
  at: z.int().min(0),
  /** Ordinals of the upstream calls that prove it. */
  calls: z.array(z.int().min(0)),
  /** The entry of the timeline with which it became certain, counted from 0; null where that was between entries. */
  entry: z.int().min(0).nullable().default(null),
  /** Stretches of virtual time that it rests on, e.g. a wait that was asked for and not kept; without `to` for good. */
  spans: z
    .array(z.strictObject({ from: z.int().min(0), to: z.int().min(0).nullable(), words: z.string() }))
    .default([]),
})

/** A violated property in one scenario, with everything needed to believe and to reproduce it. */
export const findingSchema = z.strictObject({
  /** Property ID, e.g. `R4`. */
  property: z.string(),
  /** Trials of the search that violated it. */
  trials: z.int().min(1),
  /** The lowest trial that did; the plan below was shrunk from its plan. */
  firstTrial: z.int().min(0),
  /** The smallest plan found that still causes it. */
  plan: faultPlanSchema,
  /** Trials that shrinking took. */
  shrinkTrials: z.int().min(0),
  witness: witnessSchema,
  /** What happened in the trial under the plan, in order. */
  timeline: z.array(timelineEntrySchema),
  /** The declared circuit breakers in that trial; absent where the profile declares none. */
  breakers: z.array(breakerLaneSchema).optional(),
  /** Where the agent's own code made the last call that proves the violation; absent where the stack did not show it. */
  code: z
    .strictObject({
      call: z.int().min(0),
      /** Relative to the configuration, with forward slashes. */
      file: z.string(),
      line: z.int().min(1),
    })
    .optional(),
  /** Hash of the trace of that trial: a replay that gives another is not the same trial. */
  traceHash: z.string(),
  /** Argument of `shakedown replay`. */
  token: z.string(),
  accepted: acceptedFindingSchema.nullable(),
})

/** The verdict of one property over all trials of a search. */
export const propertyResultSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  statement: z.string(),
  verdict: z.enum(['holds', 'violated', 'vacuous', 'not applicable']),
  /** Times its situation arose. */
  triggers: z.int().min(0),
  /** Trials that violated it. */
  violations: z.int().min(0),
  /** What the observations of a statistical property come to, in a sentence; null for every other. */
  conclusion: z.string().nullable().default(null),
  /** Acceptance of a statistical property's violation, which no single trial shows. */
  accepted: acceptedFindingSchema.nullable().default(null),
})

/** What became of the run without faults, which comes first. */
export const faultFreeSchema = z.strictObject({
  tasks: z.int().min(0),
  /** One sentence for each task that failed or property that did not hold; empty where all is well. */
  failures: z.array(z.string()),
})

/** One scenario's part of the results. */
export const scenarioResultSchema = z.strictObject({
  name: z.string(),
  /** The scenario file, relative to the configuration, with forward slashes. */
  file: z.string(),
  /** The line of the file at which the scenario is defined, counted from 1; 1 in results of earlier versions. */
  line: z.int().min(1).default(1),
  faultFree: faultFreeSchema,
  /** What was run; null in results of earlier versions, and where an agent took its process along in the run without faults. */
  fingerprint: fingerprintSchema.nullable().default(null),
  /** Null where the fault-free run failed: nothing else is judged then. */
  search: z
    .strictObject({
      /** SHA-256 over the block hashes: the identity of every trace of the search. */
      traceHash: z.string(),
      /** Trials that the scenario itself asks for; a quick run makes fewer. */
      declaredTrials: z.int().min(1),
      tally: tallySchema,
      properties: z.array(propertyResultSchema),
      /** The fault families of the search, with the calls that each struck. */
      families: z.array(z.strictObject({ family: z.string(), delivered: z.int().min(0) })),
    })
    .nullable(),
  findings: z.array(findingSchema),
  /** Null where the scenario has none, or where the fault-free run failed. */
  measure: measureResultSchema.nullable().default(null),
  /** Published declarations of this scenario that counted on the day of the run; none where the fault-free run failed. */
  inForce: z.array(declarationResultSchema).default([]),
  /** What somebody would be called for, were it to happen in service, the gravest first; none in results of earlier versions. */
  incidents: z.array(incidentSchema).default([]),
  /**
   * Acceptances that no finding used, shown so that they can be removed; of a shorter search only those of properties by
   * which the scenario is not judged.
   */
  unusedAcceptances: z.array(acceptedFindingSchema),
  /** What was measured and shown and held nothing up, until its day; none in results of earlier versions. */
  quarantine: z.array(quarantineResultSchema).default([]),
})

const validitySchema = z.enum(['valid', 'expired', 'not yet valid'])

const statusSchema = z.enum(['pass', 'fail', 'inconclusive', 'harness failure'])

/** What a run concluded. */
export const verdictSchema = z.strictObject({
  status: statusSchema,
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4)]),
  /** What was found, in one phrase, e.g. `2 findings in 1 scenario`. */
  summary: z.string(),
  /** Why, most important first; empty for a pass. */
  reasons: z.array(z.string()),
  /** The same for each scenario, in the order of the results. */
  scenarios: z.array(
    z.strictObject({
      name: z.string(),
      status: statusSchema,
      /** IDs of the properties whose acceptance had expired on the day of the run. */
      expired: z.array(z.string()),
      /** Whether the accuracy declaration held by its dates on the day of the run; null where there is none. */
      declaration: validitySchema.nullable().default(null),
      /** The same of the published declarations in force, in their order. */
      inForce: z.array(validitySchema).default([]),
    }),
  ),
  /** What does not gate and should be looked at, e.g. a declaration that expires soon. */
  warnings: z.array(z.string()).default([]),
})

/**
 * The results of a run: the one source of every report.
 *
 * It holds nothing of the wall clock, the machine, Node or the number of workers, so that the same scenarios and seed
 * give the same bytes; those are in `environment.json` beside it.
 */
export const resultsSchema = z.strictObject({
  format: z.literal('shakedown-results'),
  version: z.literal(1),
  /** Version of Shakedown that ran the trials. */
  shakedown: z.string(),
  seed: z.int().min(0),
  verdict: verdictSchema,
  scenarios: z.array(scenarioResultSchema),
  /** This result against its baselines; none where none is configured. */
  comparisons: z.array(comparisonSchema).default([]),
  /** Published declarations of scenarios that were not run: nothing is said about them. */
  notJudged: z.array(z.strictObject({ agent: z.string(), version: z.string(), scenario: z.string() })).default([]),
  /** What the run was asked to leave out; null where that is nothing. */
  notRun: notRunSchema.nullable().default(null),
  /** What these results are an edition of; absent: they are the full ones. */
  edition: editionSchema.exactOptional(),
})

export type AcceptedFinding = z.output<typeof acceptedFindingSchema>
export type TimelineEntry = z.output<typeof timelineEntrySchema>
export type Finding = z.output<typeof findingSchema>
export type PropertyResult = z.output<typeof propertyResultSchema>
export type ScenarioResult = z.output<typeof scenarioResultSchema>
export type Status = z.output<typeof statusSchema>
export type Verdict = z.output<typeof verdictSchema>
export type Results = z.output<typeof resultsSchema>
