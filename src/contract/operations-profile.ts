import { z } from 'zod'
import { callTargetSchema } from './call-target.ts'

const guards = z.array(callTargetSchema).min(1)

/** What an agent declares of what it keeps over a restart of its process. */
export const persistenceProfileSchema = z.strictObject({
  /** Name of the store in which it keeps its runs. */
  store: z.string().min(1),
  /**
   * What becomes of the effects of a run whose process is killed: `exactly once` where the back ends know a repetition by
   * its key, `at most once` where an effect of unknown end is left alone.
   */
  effects: z.enum(['at most once', 'exactly once']).default('at most once'),
})

/** What an agent declares of the state in which it answers without trying. */
export const safeModeProfileSchema = z.strictObject({
  /** Failed tasks in a row after which it begins. */
  failedTasks: z.int().min(1),
  /** Milliseconds after which one task is tried again; it ends safe mode where it succeeds. */
  probeAfterMs: z.int().min(1),
  /** What tasks are answered meanwhile. */
  answer: z.string().min(1),
})

/** What an agent declares of the keys with which it calls. */
export const keysProfileSchema = z.strictObject({
  /** Name of the upstream that gives keys out: GET for the one in use, POST for a new one, with `expiresAtMs` in the answers. */
  source: z.string().min(1),
  /** The upstreams that are called with these keys. */
  guards,
  /** Milliseconds for which no rotation need be tried after one that failed, or whose key was refused. */
  pauseMs: z.int().min(0).default(60_000),
})

/** What an agent declares of how its health decides over its tasks. */
export const healthProfileSchema = z.strictObject({
  /** Name of the upstream that is asked how it is; it is ill where that fails, or takes `unhealthyMs`. */
  check: z.string().min(1),
  /** Milliseconds of an answer from which on it is ill. */
  unhealthyMs: z.int().min(1).default(3_000),
  /** What it does not call on behalf of a task while it is ill. */
  guards,
  /** No task is refused by a check that ended so many milliseconds before. */
  recheckAfterMs: z.int().min(0).default(10_000),
})

export type PersistenceProfile = z.output<typeof persistenceProfileSchema>
export type SafeModeProfile = z.output<typeof safeModeProfileSchema>
export type KeysProfile = z.output<typeof keysProfileSchema>
export type HealthProfile = z.output<typeof healthProfileSchema>
