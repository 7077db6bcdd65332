import { z } from 'zod'
import type { JsonObject } from './json.ts'
import { jsonObjectSchema } from './json.ts'
import type { Outcome } from './outcome.ts'

/** What an agent is given. */
export const taskInputSchema = z.strictObject({
  /** Unique within the scenario. */
  id: z.string().min(1),
  /** The user's words. */
  input: z.string(),
  /** On whose behalf: what belongs to one user must not reach another. Absent: nobody in particular. */
  user: z.string().min(1).optional(),
})

export type TaskInput = z.output<typeof taskInputSchema>

/** One effect that a tool's back end applied; the ledger is the list of them. */
export const effectSchema = z.strictObject({
  /** The tool whose back end applied it. */
  tool: z.string(),
  /** Identifies the logical effect, e.g. `refund:A-1001`: two entries with one key are a duplicate. */
  key: z.string(),
  /** What was applied, for graders and reports. */
  detail: jsonObjectSchema,
})

export type Effect = z.output<typeof effectSchema>

/** What a grader sees: the outcome and the effects that really happened. */
export interface Graded {
  readonly outcome: Outcome
  readonly effects: readonly Effect[]
}

/** One input for the agent, and what a correct outcome is. */
export interface Task extends TaskInput {
  /**
   * Other wordings of the input, with the same correct outcome: the reliability surface of a measure draws from them.
   * Nothing else uses them.
   */
  readonly paraphrases?: readonly string[]
  /** Facts about the task that models, back ends and approvals of the scenario may read. */
  readonly facts?: JsonObject
  /** The kind of task, e.g. `refunds`: measures tell tasks of one kind together. Absent: each task is its own kind. */
  readonly stratum?: string
  /**
   * Texts that a right answer may rest on though no tool says them, e.g. a sum: `['EUR 39.40']`. An answer's claims that
   * neither they nor the trace of the task support count as hallucination.
   */
  readonly derivable?: readonly string[]
  /**
   * Says whether the outcome is correct: true, or a sentence that says what is wrong.
   * Judged on end state (effects) first, words second.
   */
  readonly grade?: (graded: Graded) => true | string
}

/** Options an agent receives with each task. */
export interface RunOptions {
  /** Aborted when the workload or a fault cancels the task. */
  readonly signal: AbortSignal
  /**
   * True where the task was handed to an earlier instance of the agent, whose process was killed before it ended: what
   * that one did outside its memory is done. Absent otherwise.
   */
  readonly resumed?: true
}

/** The thing under test, once made: takes a task and returns an outcome. */
export type Agent = (task: TaskInput, options: RunOptions) => Promise<Outcome>

/** Makes the agent afresh for each trial, and after its process was killed, so that none sees another's state. */
export type AgentFactory = () => Agent | Promise<Agent>
