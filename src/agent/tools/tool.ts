import { z } from 'zod'
import { strictTool } from '../format/strict-tool.ts'
import { canonicalJson } from './canonical-json.ts'
import type { JsonObject } from './canonical-json.ts'
import { ToolSecrets } from './secrets/tool-secrets.ts'
import type { SecretSources } from './secrets/tool-secrets.ts'
import { longestTimerMs } from '../resilience/resilience-options.ts'

/** What an attempt of a call is given by the agent. */
export interface CallContext {
  /** Aborted when the call's time is up or the task is cancelled. */
  readonly signal: AbortSignal
  /** The same for every attempt of one logical effect, also after a restart; null for a read-only tool. */
  readonly idempotencyKey: string | null
}

/** What a tool receives besides its arguments. */
export interface ToolContext<SecretName extends string = never> extends CallContext {
  /** The values of its secrets. */
  readonly secrets: Readonly<Record<SecretName, string>>
}

/** What the author of any tool writes, however its arguments are described. */
export interface ToolBasics<Args, SecretName extends string = never> {
  readonly name: string
  readonly description: string
  /** Whether a call changes something; such a call runs once, alone and in order. */
  readonly effectful: boolean
  /**
   * Whether the back end of an effectful tool does a thing once for each idempotency key, and answers alike when it is
   * asked again: then a call that may have taken effect is repeated under its key. Default: it is not repeated.
   */
  readonly honoursIdempotencyKey?: boolean
  /**
   * The most characters of a result that a model is told, at least 1; what is cut is said. Null: all of it, whatever
   * the limit of the agent. Default: that limit.
   */
  readonly resultLimitChars?: number | null | undefined
  /**
   * Whether the service holds the model to the parameters: each member is then required, and null where it may be
   * absent. Default: as the agent has it.
   */
  readonly strict?: boolean | undefined
  /** The time of one attempt, in whole milliseconds. Default: `timeouts.toolMs` of the agent. */
  readonly timeoutMs?: number | undefined
  /**
   * What the tool needs and nobody else may see, by name: a text of at least 4 characters, or a function that gets it,
   * asked before each attempt. `execute` has the values; results and errors are told without them.
   */
  readonly secrets?: SecretSources<SecretName>
  /** Names the logical effect of a call; calls of one key are one effect. Default: all arguments. */
  readonly effectKey?: (args: Args) => string
  /** Returns text or JSON for the model, or throws. */
  readonly execute: (args: Args, context: ToolContext<SecretName>) => Promise<unknown>
}

/** What the author of a tool writes whose arguments zod checks. */
export interface ToolDefinition<Schema extends z.ZodObject, SecretName extends string = never> extends ToolBasics<
  z.output<Schema>,
  SecretName
> {
  readonly parameters: Schema
}

/** A call whose arguments have passed the tool's schema; it executes these and no others. */
export interface PreparedCall {
  readonly tool: Tool
  readonly arguments: JsonObject
  readonly effectKey: string
  readonly execute: (context: CallContext) => Promise<unknown>
  /** Whether the model asked for another step after it; absent where a call alone asks for one. */
  readonly requestsHeartbeat?: boolean
}

/** A tool as the agent uses it, its argument type closed over. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly effectful: boolean
  readonly honoursIdempotencyKey: boolean
  /** Absent: as the agent has it; null: none. */
  readonly resultLimitChars?: number | null | undefined
  /** Absent: as the agent has it. */
  readonly timeoutMs?: number | undefined
  /** The parameters as JSON Schema, for the model. */
  readonly jsonSchema: Record<string, unknown>
  /** Whether that schema is one that the service holds the model to; absent: as the agent has it. */
  readonly strict?: boolean | undefined
  /** Checks arguments as the model wrote them; a problem is told in words that the model can act on. */
  prepare(argumentsText: string): { readonly call: PreparedCall } | { readonly problem: string }
}

/**
 * Makes a tool from a zod object and a function.
 *
 * Arguments that the schema does not name are refused rather than dropped: what runs is what the model asked for.
 *
 * @throws {TypeError} where a limit or a secret is none, or the parameters of a strict tool cannot be strict
 */
export function defineTool<Schema extends z.ZodObject, SecretName extends string = never>(
  definition: ToolDefinition<Schema, SecretName>,
): Tool {
  const parameters = definition.parameters.def.catchall ? definition.parameters : definition.parameters.strict()
  return toolOf(definition, { ...z.toJSONSchema(parameters, { io: 'input' }) }, (value) => {
    const checked = parameters.safeParse(value)
    return checked.success ? { args: definition.parameters.parse(value) } : { problem: problemsIn(checked.error) }
  })
}

/** What a check makes of arguments: what the tool is given, or what is wrong with them, in words for the model. */
export type CheckedArguments<Args> = { readonly args: Args } | { readonly problem: string }

/**
 * Makes a tool whose arguments are described by a JSON Schema and checked by a function.
 *
 * @throws {TypeError} where a limit or a secret is none, or the schema of a strict tool cannot be strict
 */
export function toolOf<Args extends JsonObject, SecretName extends string = never>(
  basics: ToolBasics<Args, SecretName>,
  jsonSchema: Record<string, unknown>,
  check: (value: unknown) => CheckedArguments<Args>,
): Tool {
  const { name, description, effectful, honoursIdempotencyKey = false, resultLimitChars, timeoutMs, strict } = basics
  assertLimits(basics)
  const execute = executor(basics)
  const tool: Tool = {
    ...{ name, description, effectful, honoursIdempotencyKey, resultLimitChars, timeoutMs, strict, jsonSchema },
    prepare(argumentsText) {
      const json = parseJson(argumentsText)
      if (!json) return { problem: 'its arguments are not valid JSON' }
      const checked = check(json.value)
      if ('problem' in checked) return { problem: `its arguments do not fit its schema (${checked.problem})` }
      const { args } = checked
      const effectKey = `${name}:${basics.effectKey?.(args) ?? canonicalJson(args)}`
      return { call: { tool, arguments: args, effectKey, execute: async (context) => execute(args, context) } }
    },
  }
  if (!strict) return tool
  const made = strictTool(tool)
  if (!('because' in made)) return made
  throw new TypeError(
    `The tool "${name}" cannot be made: its arguments cannot be strict, because ${made.because}; change them, or leave strict out.`,
  )
}

type Execute<Args> = (args: Args, context: CallContext) => Promise<unknown>

function executor<Args, SecretName extends string>(basics: ToolBasics<Args, SecretName>): Execute<Args> {
  const { name, secrets, execute } = basics
  if (!secrets) return (args, context) => execute(args, { ...context, secrets: {} as Record<SecretName, string> })
  const held = new ToolSecrets(name, secrets)
  return (args, context) => held.use(context.signal, (values) => execute(args, { ...context, secrets: values }))
}

type Limited = Pick<ToolBasics<never>, 'name' | 'resultLimitChars' | 'timeoutMs'>

function assertLimits({ name, resultLimitChars, timeoutMs }: Limited): void {
  const limits = { resultLimitChars: [resultLimitChars, Infinity], timeoutMs: [timeoutMs, longestTimerMs] } as const
  for (const [limit, [value, most]] of Object.entries(limits)) {
    if (typeof value !== 'number' || (Number.isInteger(value) && value > 0 && value <= most)) continue
    const range = Number.isFinite(most) ? `from 1 to ${most}` : 'above 0'
    throw new TypeError(`The tool "${name}" cannot be made: ${limit} is ${value}; make it a whole number ${range}.`)
  }
}

function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** What zod objects to, in words for the model. */
export function problemsIn(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'arguments'}: ${issue.message}`).join('; ')
}
