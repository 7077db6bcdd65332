import { z } from 'zod'
import { parseInput } from '../contract/parse.ts'
import { type Profile, type ProfileInput, profileSchema } from '../contract/profile.ts'
import type { Property } from '../contract/property.ts'
import { type Secret, secretSchema } from '../contract/secret.ts'
import { type AgentFactory, type Task, taskInputSchema } from '../contract/task.ts'
import type { Workload } from '../contract/workload.ts'
import type { PlanSource } from '../faults/arbitraries/plan.ts'
import { type AcceptedFinding, acceptedFindingSchema } from '../results/results-schema.ts'
import { type Quarantine, quarantineSchema } from '../results/quarantine/quarantine-schema.ts'
import type { Upstream } from '../wire/upstream.ts'
import { usageError } from '../contract/errors.ts'
import { type Measure, type MeasureInput, readMeasure } from './measure-input.ts'
import { possiblePlans, upstreamsBefore } from './possible-faults.ts'
import { requireQuarantined } from './require-quarantined.ts'
import { requirePossible } from './require-possible.ts'
import { type WorkloadDraw, type WorkloadSource, workloadOf } from './workload-source.ts'

/** The property-based hunt of a scenario. */
export interface SearchInput {
  /** Trials of a full run, at most 5 000 for a scenario that is run before each deploy. */
  readonly trials: number
  /** Trials of `run --quick`; default a tenth, at least 100. */
  readonly quickTrials?: number
  /** Generates the fault plans, e.g. `faults.swarm(…)`. */
  readonly faults: PlanSource
  /** What must hold. */
  readonly properties: readonly (Property | readonly Property[])[]
}

/** Limits that end a trial which would otherwise run for ever. */
export interface TrialLimits {
  /** Virtual milliseconds; default 24 hours. */
  readonly virtualMs: number
  /** Upstream calls; default 300. */
  readonly calls: number
  /** Virtual milliseconds at which injection stops and the world heals; default 5 minutes. */
  readonly healAtMs: number
}

/** What the author of a scenario writes. */
export interface ScenarioInput {
  /** Makes the agent afresh for each trial. */
  readonly agent: AgentFactory
  /** The inputs; trial i runs task i modulo their number, unless a workload says otherwise. */
  readonly tasks: readonly Task[]
  /** Makes everything the agent may call, afresh for each trial; any other host is refused. */
  readonly upstreams: () => readonly Upstream[]
  /** What the agent declares of itself; properties are judged against it. */
  readonly profile: ProfileInput
  /** Values that must reach nobody but the upstreams they name. */
  readonly secrets?: readonly z.input<typeof secretSchema>[]
  /** The tasks of one trial, several to take turns, or a function that draws them; absent: one task. */
  readonly workload?: WorkloadSource
  readonly search: SearchInput
  /** Trials at fixed fault rates, to say how reliable the agent is. */
  readonly measure?: MeasureInput
  /** Known, true findings that need not fail the gate until they expire. */
  readonly accepted?: readonly AcceptedFinding[]
  /**
   * Flaky parts, measured and shown, that hold nothing up until their day: one task, one gate of the measure, or all of
   * the scenario (`{ scenario: true, reason, owner, expires: '2026-12-24' }`). Declared values are never among them.
   */
  readonly quarantine?: readonly z.input<typeof quarantineSchema>[]
  readonly limits?: Partial<TrialLimits>
  /**
   * Version of the graders, e.g. `2`: comparisons take graders with another one for others. Their source text is
   * compared anyway; raise it when something changes that they call.
   */
  readonly graderVersion?: string
}

/** A scenario, parsed. */
export interface Scenario {
  readonly name: string
  readonly agent: AgentFactory
  readonly tasks: readonly Task[]
  readonly upstreams: () => readonly Upstream[]
  readonly profile: Profile
  readonly secrets: readonly Secret[]
  /** The workload of each trial; null for one task, taken in turns. */
  readonly workload: ((trial: WorkloadDraw) => Workload) | null
  readonly search: {
    readonly trials: number
    readonly quickTrials: number
    readonly faults: PlanSource
    readonly properties: readonly Property[]
  }
  readonly measure: Measure | null
  readonly accepted: readonly AcceptedFinding[]
  readonly quarantine: readonly Quarantine[]
  readonly limits: TrialLimits
  /** Null where the author gives none. */
  readonly graderVersion: string | null
}

const nameSchema = z.string().min(1)

const aFunction = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', {
  error: 'expected a function',
})

const expectedProperty = 'expected a property such as those of `properties`'

const aProperty = z.custom<Property>(
  (value) => typeof value === 'object' && value !== null && 'id' in value && 'start' in value && 'step' in value,
  { error: expectedProperty },
)

const inputSchema = z.strictObject({
  agent: aFunction,
  tasks: z
    .array(
      z.strictObject({
        ...taskInputSchema.shape,
        facts: z.json().optional(),
        stratum: z.string().min(1).optional(),
        derivable: z.array(z.string().min(1)).optional(),
        grade: aFunction.optional(),
        paraphrases: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .min(1),
  upstreams: aFunction,
  profile: profileSchema,
  secrets: z.array(secretSchema).default([]),
  workload: z.unknown().optional(),
  search: z.strictObject({
    trials: z.int().min(1).max(1_000_000),
    quickTrials: z.int().min(1).optional(),
    faults: z.custom<PlanSource>((value) => typeof value === 'object' && value !== null && 'arbitrary' in value, {
      error: 'expected a source of fault plans such as faults.swarm(...)',
    }),
    properties: z.array(z.union([aProperty, z.array(aProperty).min(1)], { error: expectedProperty })).min(1),
  }),
  /** Read by {@link readMeasure}, which tells more. */
  measure: z.unknown().optional(),
  accepted: z.array(acceptedFindingSchema).default([]),
  quarantine: z.array(quarantineSchema).default([]),
  limits: z
    .strictObject({
      virtualMs: z.int().positive().default(86_400_000),
      calls: z.int().positive().default(300),
      healAtMs: z.int().positive().default(300_000),
    })
    .prefault({}),
  graderVersion: z.string().min(1).nullable().default(null),
})

/**
 * Defines a scenario: agent × workload × faults × properties.
 *
 * A scenario file exports it as its default; nothing runs until the file is handed to `shakedown run`.
 *
 * @throws {ShakedownError} of kind `usage` naming the field and its value, or a fault given by name that can strike
 * nothing that it is aimed at
 */
export function scenario(name: string, input: ScenarioInput): Scenario {
  const place = `scenario "${String(name)}"`
  parseInput(nameSchema, name, place, 'give the scenario a name, which reports and replay tokens call it by')
  const parsed = parseInput(inputSchema, input, place, 'compare the field with the example in the README')
  const properties = input.search.properties.flat()
  requireUnique(
    place,
    'task',
    input.tasks.map(({ id }) => id),
  )
  requireUnique(
    place,
    'property',
    properties.map(({ id }) => id),
  )
  const upstreams = upstreamsBefore(input.upstreams)
  requirePossible(input.search.faults.given ?? [], upstreams, `${place}: the search`)
  const measure =
    input.measure === undefined
      ? null
      : readMeasure(input.measure, place, {
          secrets: parsed.secrets,
          upstreams,
          tasks: input.tasks,
          isInTurns: input.workload === undefined,
        })
  requireQuarantined(parsed.quarantine, { place, tasks: input.tasks, measure })
  return {
    name,
    agent: input.agent,
    tasks: input.tasks,
    upstreams: input.upstreams,
    profile: parsed.profile,
    secrets: parsed.secrets,
    workload: input.workload === undefined ? null : workloadOf(place, input.tasks, input.workload),
    search: {
      trials: parsed.search.trials,
      quickTrials:
        parsed.search.quickTrials ??
        Math.min(parsed.search.trials, Math.max(100, Math.ceil(parsed.search.trials / 10))),
      faults: possiblePlans(input.search.faults, upstreams),
      properties,
    },
    measure,
    accepted: parsed.accepted,
    quarantine: parsed.quarantine,
    limits: parsed.limits,
    graderVersion: parsed.graderVersion,
  }
}

/** Recognises what {@link scenario} returns, for a module that was loaded from a file. */
export function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && 'search' in value && 'upstreams' in value && 'name' in value
}

function requireUnique(place: string, what: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice === undefined) return
  throw usageError('DUPLICATE', `${place}: ${what} "${twice}" is there twice; give each an identifier of its own.`)
}
