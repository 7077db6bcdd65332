import type { z } from 'zod'
import { usageError } from './errors.ts'

/**
 * Parses a value that enters the program, or throws a usage error of one sentence.
 *
 * @param place what the value is and where it came from, e.g. `harness.config.ts` or `flag --seed`
 * @param remedy what its author can do, as an imperative sentence without its full stop
 * @throws {ShakedownError} of kind `usage`, naming the place, the path inside it and the value found
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
  remedy: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw usageError('BAD_INPUT', `${place}: ${describeIssue(parsed.error, value)}; ${remedy}.`, parsed.error)
}

function describeIssue(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0]
  if (!issue) return 'not valid'
  const found = issue.path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
  const where = issue.path.length > 0 ? ` at "${issue.path.map(String).join('.')}"` : ''
  return `${lowerFirst(issue.message)}${where}, found ${preview(found)}`
}

function preview(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  let text: string
  try {
    text = JSON.stringify(value) ?? typeof value
  } catch {
    text = `a value of type ${typeof value}`
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
