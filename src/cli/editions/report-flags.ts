import { z } from 'zod'
import { parseInput } from '../../contract/parse.ts'
import { formatsFlag } from '../formats-flag.ts'
import { periodFlag } from '../previous.ts'
import { keptNames } from '../../results/edition-schema.ts'

/** Help of the options that runs and reports have in common. */
export const pictureHelp = 'a summary on one page too: summary.svg, and summary.png where there is a Chromium'
export const pdfHelp = 'the page as PDF too, by the Chromium of CHROME_PATH or the first on the path'

const reportFlagsSchema = z.strictObject({
  out: z.string().min(1).optional(),
  format: formatsFlag,
  github: z.boolean().default(false),
  previous: z.string().min(1).optional(),
  period: periodFlag,
  public: z.boolean().default(false),
  keep: z.array(z.enum(keptNames)).default([]),
  picture: z.boolean().default(false),
  pdf: z.boolean().default(false),
})

export type ReportFlags = z.output<typeof reportFlagsSchema>

/** @throws {ShakedownError} of kind `usage` naming the flag and its value */
export function parseReportFlags(flags: unknown): ReportFlags {
  return parseInput(reportFlagsSchema, flags, 'flags of `shakedown report`', 'see `shakedown report --help`')
}
