import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import type { JsonObject } from '../../contract/json.ts'
import type { Task } from '../../contract/task.ts'

/** What a tool of an MCP server knows when it is called. */
export interface McpToolContext {
  readonly task: Task | undefined
  /** Virtual milliseconds since the start of the trial. */
  readonly nowMs: number
  /** Writes an effect into the ledger; the tool's name is filled in. */
  applyEffect(key: string, detail: JsonObject): void
}

/** What a tool answers: blocks of content for the model, data for the program, and whether it failed. */
export interface McpToolResult {
  readonly content: readonly JsonObject[]
  /** Has to fit the tool's `outputSchema`, where it has one. */
  readonly structuredContent?: JsonObject
  /** The tool could not do it, and says so to the model; the call as such went well. */
  readonly isError?: boolean
}

/** One tool of a simulated MCP server. */
export interface McpTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of its arguments; a call that does not fit is answered as a failed one, and the tool is not called. */
  readonly inputSchema: JsonObject
  /** JSON Schema of its structured content. */
  readonly outputSchema?: JsonObject
  /** Answers a call; may change state of its own, which lives as long as the trial. */
  readonly call: (args: JsonObject, context: McpToolContext) => McpToolResult
}

/** The usual result of a tool: a text, or data as structured content with the same as text beside it. */
export function mcpResult(answer: string | JsonObject): McpToolResult {
  if (typeof answer === 'string') return { content: [{ type: 'text', text: answer }] }
  return { content: [{ type: 'text', text: JSON.stringify(answer) }], structuredContent: answer }
}

/** The result of a tool that could not do it. */
export function mcpFailure(text: string): McpToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}

/** A tool as `tools/list` shows it. */
export function listed({ name, description, inputSchema, outputSchema }: McpTool): JsonObject {
  return { name, description, inputSchema, ...(outputSchema === undefined ? {} : { outputSchema }) }
}

/** Says what is wrong with a call's arguments; null where they fit. */
export type ArgumentCheck = (args: JsonObject) => string | null

/**
 * Makes the check of a tool's arguments.
 *
 * @throws {ShakedownError} of kind `usage` where its schema is none
 */
export function argumentCheck(server: string, { name, inputSchema }: McpTool): ArgumentCheck {
  const schema = schemaOf(server, name, inputSchema)
  return (args) => {
    const parsed = schema.safeParse(args)
    if (parsed.success) return null
    const issues = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
    return `Input validation error: Invalid arguments for tool ${name}: ${issues.join(', ')}`
  }
}

function schemaOf(server: string, tool: string, inputSchema: JsonObject): z.ZodType {
  try {
    return z.fromJSONSchema(inputSchema)
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    throw usageError(
      'MCP_SCHEMA',
      `the inputSchema of the tool "${tool}" of the MCP server "${server}" cannot be used (${found}); give a JSON Schema of an object.`,
      error,
    )
  }
}
