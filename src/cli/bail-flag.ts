import { z } from 'zod'

/** `--bail` alone, or with the number of failed scenarios after which a run ends. */
export const bailFlag = z
  .union([z.literal(true), z.string()])
  .transform((value) => (value === true ? '1' : value))
  .pipe(
    z
      .string()
      .regex(
        /^[1-9]\d{0,2}$/,
        'expected a number of failed scenarios from 1 to 999 (write --bail=1 where a filter follows)',
      ),
  )
  .transform(Number)
