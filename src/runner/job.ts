import type { FaultPlan } from '../contract/fault.ts'
import type { ErrorKind } from '../contract/errors.ts'
import type { Conclusion } from '../contract/property.ts'
import type { Tally } from '../results/tally.ts'
import type { Recorded, FindingCore } from '../scenario/finding.ts'
import type { AcceptedFinding } from '../results/results-schema.ts'
import type { AttributedFailure } from '../results/attribution-schema.ts'
import type { Quarantine } from '../results/quarantine/quarantine-schema.ts'
import type { MeasureTally, MeasuredFailure } from '../results/measure-tally.ts'
import type { Measure } from '../scenario/measure-input.ts'
import type { BlockResult } from '../scenario/block.ts'
import type { FaultFree } from '../scenario/fault-free.ts'
import type { Config } from './config.ts'
import type { ScenarioModules } from './modules/scenario-modules.ts'

/** Which scenario a job is about. */
export interface ScenarioAddress {
  /** Absolute path of the scenario file. */
  readonly path: string
  /** The same relative to the configuration, with forward slashes; it goes into results and tokens. */
  readonly file: string
  readonly seed: number
  /** Real milliseconds of silence after which the agent counts as blocking the event loop. */
  readonly blockedAfterMs: number
}

/** A trial whose process was lost, and how. */
export interface LostTrial {
  readonly trial: number
  readonly how: 'blocked' | 'died'
  /** Without anything that differs between machines. */
  readonly detail: string
}

/** What a scenario file turns out to hold. */
export interface ScenarioDescription {
  readonly name: string
  /** The line of its file at which it is defined, counted from 1. */
  readonly line: number
  readonly trials: number
  readonly quickTrials: number
  readonly tasks: number
  readonly families: readonly string[]
  readonly properties: readonly PropertyDescription[]
  readonly accepted: readonly AcceptedFinding[]
  readonly quarantine: readonly Quarantine[]
}

/** One property of a scenario, as far as a process that does not hold its code needs it. */
export interface PropertyDescription {
  readonly id: string
  readonly name: string
  readonly statement: string
  readonly applies: boolean
  /** Whether its verdict is drawn from the samples of all trials. */
  readonly isStatistical: boolean
}

/** What the measure of a scenario turns out to be. */
export interface MeasureDescription extends Measure {
  /** Kinds of tasks, in the order of the tasks. */
  readonly strata: readonly string[]
  /** Name of the scenario. */
  readonly scenario: string
  /** Tasks of each kind. */
  readonly taskCounts: Readonly<Record<string, number>>
  /** Whether each trial has one task, taken in turns. */
  readonly isInTurns: boolean
  /** Ids of the tasks, in their order. */
  readonly tasks: readonly string[]
  readonly quarantine: readonly Quarantine[]
}

/** The work a worker process takes, and what it gives back. */
export interface Jobs {
  config: { request: { readonly path: string | null }; reply: Config }
  /** What a scenario is made of; it is not run for it. */
  modules: { request: { readonly path: string; readonly file: string }; reply: ScenarioModules }
  describe: { request: ScenarioAddress; reply: ScenarioDescription }
  'fault-free': { request: ScenarioAddress; reply: FaultFree }
  block: {
    request: ScenarioAddress & { readonly block: number; readonly trials: number; readonly lost: readonly LostTrial[] }
    reply: BlockResult
  }
  /** What the samples of the statistical properties come to, by property ID. */
  conclude: {
    request: ScenarioAddress & { readonly samples: Tally['samples'] }
    reply: Readonly<Record<string, Conclusion>>
  }
  finding: {
    request: ScenarioAddress & {
      readonly trial: number
      readonly property: string
      readonly lost: LostTrial | null
      /** False keeps the plan of the trial as it is. */
      readonly shrinks: boolean
    }
    reply: FindingCore
  }
  /** One trial alone, under its own plan or a given one. */
  trial: {
    request: ScenarioAddress & { readonly trial: number; readonly property: string; readonly plan: FaultPlan | null }
    reply: Recorded
  }
  /** Null where the scenario has none. */
  'describe-measure': { request: ScenarioAddress; reply: MeasureDescription | null }
  /** One block of a measure under one condition, by its name. */
  measure: {
    request: ScenarioAddress & {
      readonly condition: string
      readonly block: number
      readonly trials: number
      readonly lost: readonly LostTrial[]
      /** Ids of the tasks in quarantine on the day of the run. */
      readonly quarantined: readonly string[]
    }
    reply: MeasureTally
  }
  attribute: {
    request: ScenarioAddress & { readonly condition: string; readonly failure: MeasuredFailure }
    reply: AttributedFailure
  }
}

export type JobName = keyof Jobs

/** A job on its way to a worker. */
export type JobMessage = {
  [Name in JobName]: { readonly id: number; readonly job: Name; readonly request: Jobs[Name]['request'] }
}[JobName]

/** A worker's answer. */
export type ReplyMessage =
  | { readonly id: number; readonly reply: unknown }
  | {
      readonly id: number
      readonly error: { readonly kind: ErrorKind; readonly code: string; readonly message: string }
    }
