import { z } from 'zod'

/** What a worker process is started with, as JSON in its first argument. */
export const workerOptionsSchema = z.strictObject({
  /** The folder of the configuration. */
  root: z.string(),
  allowProduction: z.boolean(),
  /** How replay tokens name the configuration; null where it is found by its name. */
  configOfToken: z.string().nullable().default(null),
  /** Where it notes the trial it is running. */
  notePath: z.string(),
  /** Where its watchdog writes the stack of code that blocks. */
  stackPath: z.string(),
  /** Where it keeps the files of the stores of its trials; not there before it is needed. */
  storesPath: z.string(),
})

export type WorkerOptions = z.output<typeof workerOptionsSchema>
