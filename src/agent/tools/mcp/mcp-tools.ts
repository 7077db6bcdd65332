import { z } from 'zod'
import { NotExecutedError } from '../../errors/not-executed-error.ts'
import { parseOptions } from '../../errors/parse-options.ts'
import { longestTimerMs, waitMs } from '../../resilience/resilience-options.ts'
import { untilAborted } from '../../resilience/until-aborted.ts'
import type { JsonObject } from '../canonical-json.ts'
import { canonicalJson } from '../canonical-json.ts'
import { defineJsonTool } from '../json-tool.ts'
import type { Tool, ToolContext } from '../tool.ts'
import { limitedResult } from '../result-limit.ts'
import { listedTools } from './mcp-client.ts'
import type { ListedTool, McpClient, McpProgress } from './mcp-client.ts'
import { McpToolError, asToolError } from './mcp-errors.ts'
import { readMcpResult } from './mcp-result.ts'
import { offeredNames } from './offered-names.ts'

/** The most characters of what a tool says of its failure. */
const longestExcuse = 2_000

/** Hears how far calls have come; one that throws changes nothing. */
export type OnMcpProgress = (progress: McpProgress & { readonly tool: string }) => void

const optionsSchema = z.strictObject({
  /** Before the names of all tools, so that those of two servers differ. */
  prefix: z
    .string()
    .regex(/^[\w-]*$/, 'may have letters, digits, _ and -')
    .default(''),
  /** Tools of the server that change nothing, by their names there. All others are taken for effectful. */
  readOnly: z.array(z.string()).default([]),
  /** Whether to believe what the server says of its tools: that one changes nothing, or does the same thing only once. */
  trustHints: z.boolean().default(false),
  /** Whether a tool that says that it failed has certainly done nothing, so that it may be called again. */
  failedMeansUndone: z.boolean().default(false),
  /** The member of `_meta` in which the server takes idempotency keys; it must then do a thing once for each key. */
  idempotencyMember: z.string().min(1).optional(),
  /** The time of one call, in milliseconds; absent: as the agent has it. */
  timeoutMs: waitMs.optional(),
  /** As `defineTool` has it. */
  resultLimitChars: z.int().min(1).nullable().optional(),
  onProgress: z.custom<OnMcpProgress>((value) => typeof value === 'function', 'must be a function').optional(),
  /** Aborted to give up listing the tools. */
  signal: z.instanceof(AbortSignal).optional(),
})

type McpToolOptions = z.output<typeof optionsSchema>

/** The tools of a server, as they were when they were listed. */
export interface McpTools {
  readonly tools: readonly Tool[]
  /** To be told when the server says so: before the next call it is looked up whether its tool is still the same. */
  listChanged(): void
}

/**
 * Makes tools of an agent out of those of an MCP server.
 *
 * What a server says of itself is not believed: its tools are effectful unless somebody vouches for them. A tool that
 * its server has changed since it was offered is not called any more, since nobody has approved what it does now; make
 * the tools anew, and an agent with them.
 *
 * @param client connected; its owner closes it
 * @throws {TypeError} one sentence, where an option is wrong or two tools would have the same name
 * @throws what the client throws, where the tools cannot be listed
 */
export async function mcpTools(client: McpClient, options: z.input<typeof optionsSchema> = {}): Promise<McpTools> {
  const parsed = parseOptions('MCP tools', optionsSchema, options)
  const listed = await listedTools(client, parsed.signal)
  const names = offeredNames(
    listed.map(({ name }) => name),
    parsed.prefix,
  )
  const current = new CurrentTools(client, listed)
  return {
    tools: listed.map((tool) => asTool(tool, names.get(tool.name) ?? tool.name, parsed, client, current)),
    listChanged: () => current.listChanged(),
  }
}

/** What is known of the tools of a server by now. */
class CurrentTools {
  readonly #client: McpClient
  #known: Promise<readonly ListedTool[]> | null

  constructor(client: McpClient, listed: readonly ListedTool[]) {
    this.#client = client
    this.#known = Promise.resolve(listed)
  }

  listChanged(): void {
    this.#known = null
  }

  /** @throws {NotExecutedError} where it is another tool by now, or that cannot be looked up */
  async assertSame(tool: ListedTool, signal: AbortSignal): Promise<void> {
    const known = (this.#known ??= listedTools(this.#client))
    const tools = await untilAborted(known, signal).catch(() => {
      if (this.#known === known) this.#known = null
      throw new NotExecutedError('its MCP server has changed its tools, and they cannot be listed')
    })
    const now = tools.find(({ name }) => name === tool.name)
    if (!now) throw new NotExecutedError('its MCP server has it no longer')
    if (canonicalJson(now) !== canonicalJson(tool)) throw new NotExecutedError('its MCP server has changed it')
  }
}

function asTool(
  listed: ListedTool,
  name: string,
  options: McpToolOptions,
  client: McpClient,
  current: CurrentTools,
): Tool {
  const { readOnly, trustHints, idempotencyMember, timeoutMs, resultLimitChars } = options
  const { readOnlyHint = false, idempotentHint = false } = trustHints ? listed.annotations : {}
  return defineJsonTool({
    ...{ name, description: listed.description, inputSchema: listed.inputSchema, timeoutMs, resultLimitChars },
    effectful: !(readOnly.includes(listed.name) || readOnlyHint),
    honoursIdempotencyKey: idempotentHint || idempotencyMember !== undefined,
    execute: async (args, context) => {
      await current.assertSame(listed, context.signal)
      return answerTo(listed, args, context, options, client)
    },
  })
}

async function answerTo(
  { name, inputSchema }: ListedTool,
  args: JsonObject,
  { signal, idempotencyKey }: ToolContext,
  { idempotencyMember, failedMeansUndone, onProgress }: McpToolOptions,
  client: McpClient,
): Promise<string> {
  const isKeyed = idempotencyMember !== undefined && idempotencyKey !== null
  const call = { name, arguments: { ...args }, ...(isKeyed ? { _meta: { [idempotencyMember]: idempotencyKey } } : {}) }
  const answer = await client
    .callTool(call, {
      signal,
      // The agent's own limit holds, and its signal ends the call.
      timeout: longestTimerMs,
      // Without a schema of the results: one that does not fit is no reason to forget that something was done.
      toolDefinition: { name, inputSchema: { ...inputSchema, type: 'object' } },
      ...(onProgress ? { onprogress: (progress) => tell(onProgress, { ...progress, tool: name }) } : {}),
    })
    .catch((error: unknown) => {
      throw asToolError(error)
    })
  const { text, isError } = readMcpResult(answer)
  if (!isError) return text
  const words = limitedResult(text.replace(/\.$/, ''), longestExcuse) || 'it gave no reason'
  throw failedMeansUndone ? new NotExecutedError(words) : new McpToolError(words)
}

function tell(onProgress: OnMcpProgress, progress: Parameters<OnMcpProgress>[0]): void {
  try {
    onProgress(progress)
  } catch {
    // Its trouble is its own.
  }
}
