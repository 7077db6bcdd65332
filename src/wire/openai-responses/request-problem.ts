import type { z } from 'zod'
import { leastOutputTokens } from './response-request.ts'

/** What the service's error says of a request that it refuses; its type is always `invalid_request_error`. */
export interface RequestProblem {
  readonly message: string
  readonly param: string | null
  readonly code: string | null
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const unreadable: RequestProblem = {
  message: 'We could not parse the JSON body of your request.',
  param: null,
  code: null,
}

/** What the service says of a body that is no JSON object. */
export function unreadableBody(): RequestProblem {
  return unreadable
}

/**
 * The first thing that is wrong with a body, in the service's words.
 *
 * Source: error bodies in public issue threads (`missing_required_parameter` in openai/codex#6725,
 * `integer_below_min_value` in earendil-works/pi#6265, `invalid_value` of a content part in many).
 */
export function requestProblem(body: unknown, issues: readonly Issue[]): RequestProblem {
  const issue = issues[0] && innermost(issues[0], body)
  if (issue === undefined) return unreadable
  const param = nameOf(issue.path)
  const given = valueAt(body, issue.path)
  const { expected, supported } = wanted(issue)
  if (supported !== undefined) return invalidValue(param, given, supported)
  if (given === undefined) {
    return { message: `Missing required parameter: '${param}'.`, param, code: 'missing_required_parameter' }
  }
  if (issue.code === 'too_small') {
    const message = `Invalid '${param}': integer below minimum value. Expected a value >= ${leastOutputTokens}, but got ${Number(given)} instead.`
    return { message, param, code: 'integer_below_min_value' }
  }
  const message = `Invalid type for '${param}': expected ${expected}, but got ${kindOf(given)} instead.`
  return { message, param, code: 'invalid_type' }
}

/** An empty input with nothing to continue: the service names no parameter. */
export function missingInput(): RequestProblem {
  const message = `One of "input" or "previous_response_id" or 'prompt' or 'conversation' must be provided.`
  return { message, param: null, code: 'missing_required_parameter' }
}

interface Wanted {
  readonly expected: string
  readonly supported?: readonly string[] | undefined
}

function wanted(issue: Issue): Wanted {
  if (issue.code === 'custom') {
    const { expected = 'a string', supported } = (issue.params ?? {}) as Partial<Wanted>
    return { expected, supported }
  }
  return { expected: issue.code === 'invalid_type' ? (articles[issue.expected] ?? 'an object') : 'a string' }
}

/** The value itself where it names a type or a role, else nothing between the quotes. */
function invalidValue(param: string, given: unknown, supported: readonly string[]): RequestProblem {
  const fields = (typeof given === 'object' ? given : null) as { type?: unknown; role?: unknown } | null
  const value = typeof given === 'string' ? given : (fields?.role ?? fields?.type ?? '')
  const last = supported.at(-1) ?? ''
  const others = supported.slice(0, -1).map((one) => `'${one}'`)
  const list = others.length > 1 ? `${others.join(', ')}, and '${last}'` : `${others.join('')} and '${last}'`
  const message = `Invalid value: '${typeof value === 'string' ? value : ''}'. Supported values are: ${list}.`
  return { message, param, code: 'invalid_value' }
}

/** Of a union, what is wrong with the branch that the value seems to be of. */
function innermost(issue: Issue, body: unknown): Issue {
  if (issue.code !== 'invalid_union' || !Array.isArray(valueAt(body, issue.path))) return issue
  const inner = issue.errors.at(-1)?.[0]
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] }
}

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  int: 'an integer',
  number: 'an integer',
  boolean: 'a boolean',
  array: 'an array of objects',
  object: 'an object',
}

/** The service calls null an object. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal'
  return articles[typeof value] ?? 'an object'
}

function nameOf(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function valueAt(body: unknown, path: Path): unknown {
  let value = body
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return value
}
