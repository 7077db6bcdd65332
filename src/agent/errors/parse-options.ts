import type { z } from 'zod'

/**
 * Parses the options of a piece that works without the rest of the agent.
 *
 * @param owner names the piece in the sentence, e.g. `health monitor`
 * @throws {TypeError} one sentence that names the option and the remedy; values are left out, as one may be a secret
 */
export function parseOptions<Schema extends z.ZodType>(
  owner: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.map(String).join('.') || 'options'
  throw new TypeError(
    `The ${owner} cannot start: option "${place}" is wrong (${issue?.message}); correct it and retry.`,
    { cause: parsed.error },
  )
}
