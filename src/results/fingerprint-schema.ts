import { z } from 'zod'

const fingerprint = z.string().regex(/^[0-9a-f]{16}$/, 'expected sixteen hexadecimal digits')

const named = z.strictObject({ name: z.string(), hash: fingerprint })

/**
 * What a scenario was when it ran, as hashes of it: two results may be compared where these are the same.
 *
 * Each is the first 64 bits of a SHA-256, over text in which secrets are replaced by their names. They tell that
 * something changed, and not what; they are no proof against somebody who means to deceive.
 */
export const fingerprintSchema = z.strictObject({
  /** The tasks in their order; outcomes name them by their index. Everything about a task but its grader. */
  tasks: z.array(z.strictObject({ id: z.string(), hash: fingerprint })),
  /**
   * The grader of each task, in the order of the tasks; null for none. The source text of the function and the
   * scenario's `graderVersion`: what the function calls or closes over is not in its text.
   */
  graders: z.array(fingerprint.nullable()),
  /** All system prompts that the agent sent in the run without faults; null where it sent none. */
  prompts: fingerprint.nullable(),
  /** Each tool that the agent offered to a model in the run without faults, with its description and schemas, by name. */
  tools: z.array(named),
  /** The faults of each condition of the measure. */
  conditions: z.array(named),
})

export type Fingerprint = z.output<typeof fingerprintSchema>
