import { z } from 'zod'
import { strictTool } from '../format/strict-tool.ts'
import { canonicalJson } from './canonical-json.ts'
import type { JsonObject } from './canonical-json.ts'

/** What a tool receives besides its arguments. */
export interface ToolContext {
  /** Aborted when the call's time is up or the task is cancelled. */
  readonly signal: AbortSignal
  /** The same for every attempt of one logical effect, also after a restart; null for a read-only tool. */
  readonly idempotencyKey: string | null
}

/** What the author of a tool writes. */
export interface ToolDefinition<Schema extends z.ZodObject> {
  readonly name: string
  readonly description: string
  readonly parameters: Schema
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
  readonly resultLimitChars?: number | null
  /**
   * Whether the service holds the model to the parameters: each member is then required, and null where it may be
   * absent. Default: as the agent has it.
   */
  readonly strict?: boolean
  /** Names the logical effect of a call; calls of one key are one effect. Default: all arguments. */
  readonly effectKey?: (args: z.output<Schema>) => string
  /** Returns text or JSON for the model, or throws. */
  readonly execute: (args: z.output<Schema>, context: ToolContext) => Promise<unknown>
}

/** A call whose arguments have passed the tool's schema; it executes these and no others. */
export interface PreparedCall {
  readonly tool: Tool
  readonly arguments: JsonObject
  readonly effectKey: string
  readonly execute: (context: ToolContext) => Promise<unknown>
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
 * @throws {TypeError} where the limit of results is none, or the parameters of a strict tool cannot be strict
 */
export function defineTool<Schema extends z.ZodObject>(definition: ToolDefinition<Schema>): Tool {
  const { name, description, effectful, honoursIdempotencyKey = false, resultLimitChars, strict, execute } = definition
  const parameters = definition.parameters.def.catchall ? definition.parameters : definition.parameters.strict()
  if (typeof resultLimitChars === 'number' && !(Number.isInteger(resultLimitChars) && resultLimitChars > 0)) {
    throw new TypeError(
      `The tool "${name}" cannot be made: resultLimitChars is ${resultLimitChars}; make it a whole number above 0.`,
    )
  }
  const tool: Tool = {
    name,
    description,
    effectful,
    honoursIdempotencyKey,
    resultLimitChars,
    strict,
    jsonSchema: { ...z.toJSONSchema(parameters, { io: 'input' }) },
    prepare(argumentsText) {
      const json = parseJson(argumentsText)
      if (!json) return { problem: 'its arguments are not valid JSON' }
      const checked = parameters.safeParse(json.value)
      if (!checked.success) return { problem: `its arguments do not fit its schema (${inWords(checked.error)})` }
      const args = definition.parameters.parse(json.value)
      const key = definition.effectKey?.(args) ?? canonicalJson(args)
      return {
        call: {
          tool,
          arguments: args,
          effectKey: `${name}:${key}`,
          execute: async (context) => execute(args, context),
        },
      }
    },
  }
  if (!strict) return tool
  const made = strictTool(tool)
  if (!('because' in made)) return made
  throw new TypeError(
    `The tool "${name}" cannot be made: its arguments cannot be strict, because ${made.because}; change them, or leave strict out.`,
  )
}

function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

function inWords(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'arguments'}: ${issue.message}`).join('; ')
}
