import { z } from 'zod'
import { reportFormats } from '../results/report-format.ts'

/** Help of the option. */
export const formatsHelp = `more files of the report: ${reportFormats.join(', ')}; several with commas, may be repeated`

/** Formats as they are given, `sarif,ctrf`. */
export const formatsFlag = z
  .array(z.string())
  .default([])
  .transform((given) => given.flatMap((list) => list.split(',')).map((name) => name.trim()))
  .pipe(z.array(z.enum(reportFormats, { error: `expected one of ${reportFormats.join(', ')}` })))
