import { z } from 'zod'
import { baselineSchema } from './baseline-config.ts'
import { reportFormats } from '../results/report-format.ts'
import { previousSchema } from './previous-config.ts'
import { defaultWarningDays } from '../results/expiry-warnings.ts'

/** What `harness.config.ts` may say; every field has a default. */
export const configSchema = z.strictObject({
  /** Globs of scenario files, relative to the configuration. */
  scenarios: z.array(z.string().min(1)).min(1).default(['scenarios/**/*.scenario.ts']),
  /** Where reports are written, relative to the configuration. */
  out: z.string().min(1).default('reports/latest'),
  /** Where published accuracy declarations are, relative to the configuration; every run checks those in force. */
  declarations: z.string().min(1).default('declarations'),
  /** Days before a declaration expires on which runs begin to warn. */
  expiryWarningDays: z.int().min(0).default(defaultWarningDays),
  /** The seed of every draw; the same seed gives the same bytes. */
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** Whether a property or fault family that was never exercised makes the run inconclusive. */
  vacuous: z.enum(['fail', 'allow']).default('fail'),
  /** Earlier results that each run is compared with; paths relative to the configuration. */
  baseline: baselineSchema.optional(),
  /** Files of the report besides those that it always has. */
  formats: z.array(z.enum(reportFormats)).default([]),
  /** Whether runs annotate files and add to the summary of a job of GitHub Actions; absent: in such a job they do. */
  github: z.boolean().optional(),
  /**
   * Globs of the files that scenarios read beside their modules, relative to the configuration: prompts, recordings. Absent:
   * a scenario with a module that can read files counts as changed, always.
   */
  inputs: z.array(z.string().min(1)).optional(),
  /** Where `run --cache` keeps the results of unchanged scenarios, relative to the configuration. */
  cache: z.string().min(1).default('node_modules/.cache/shakedown'),
  /** The folder of earlier results, for trends and burn rates. */
  previous: previousSchema.optional(),
  /** Silence of an agent's event loop after which its process is replaced, in real milliseconds. */
  blockedAfterMs: z.int().min(500).default(5_000),
})

export type Config = z.output<typeof configSchema>

/** Types a configuration file: `export default defineConfig({ … })`. */
export function defineConfig(config: z.input<typeof configSchema>): z.input<typeof configSchema> {
  return config
}
