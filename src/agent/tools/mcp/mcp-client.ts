import { z } from 'zod'
import type { JsonObject } from '../canonical-json.ts'

/** What a request is given besides its parameters. */
export interface McpRequestOptions {
  /** Aborted to cancel the request; the server is told. */
  readonly signal?: AbortSignal
  /** Milliseconds after which the client itself gives up. */
  readonly timeout?: number
  readonly onprogress?: (progress: McpProgress) => void
  /** `refresh`: whatever the client has kept of the list. */
  readonly cacheMode?: 'refresh'
  /** By which the client describes the tool to itself, instead of by what it has listed. */
  readonly toolDefinition?: { readonly name: string; readonly inputSchema: { type: 'object' } }
}

/** How far a call has come, as its server tells it. */
export interface McpProgress {
  readonly progress: number
  readonly total?: number | undefined
  readonly message?: string | undefined
}

/** The part of a connected MCP client that is used here; the `Client` of `@modelcontextprotocol/client` has it. */
export interface McpClient {
  listTools(params?: { cursor?: string }, options?: McpRequestOptions): Promise<unknown>
  callTool(
    params: { name: string; arguments?: { [name: string]: unknown }; _meta?: { [name: string]: unknown } },
    options?: McpRequestOptions,
  ): Promise<unknown>
}

const hintsSchema = z.object({ readOnlyHint: z.boolean().optional(), idempotentHint: z.boolean().optional() })

const listedSchema = z.object({
  name: z.string().min(1),
  description: z.string().default(''),
  inputSchema: z.custom<JsonObject>((value) => z.looseObject({ type: z.literal('object') }).safeParse(value).success),
  annotations: hintsSchema.catch({}).default({}),
})

const pageSchema = z.object({ tools: z.array(listedSchema), nextCursor: z.string().optional() })

/** A tool as its server describes it. */
export type ListedTool = z.output<typeof listedSchema>

/** More pages than this are no list but a trap. */
const mostPages = 100

/**
 * All tools of a server, page by page.
 *
 * @throws {Error} where the answer is no list of tools, or has no end; what the client throws
 */
export async function listedTools(client: McpClient, signal?: AbortSignal): Promise<readonly ListedTool[]> {
  const tools: ListedTool[] = []
  let cursor: string | undefined
  for (let page = 1; page <= mostPages; page++) {
    const options = { cacheMode: 'refresh', ...(signal ? { signal } : {}) } as const
    const parsed = pageSchema.safeParse(await client.listTools(cursor === undefined ? undefined : { cursor }, options))
    if (!parsed.success) throw new Error('The MCP server answered with something that is no list of tools.')
    tools.push(...parsed.data.tools)
    cursor = parsed.data.nextCursor
    if (cursor === undefined) return tools
  }
  throw new Error(`The MCP server's list of tools has no end within ${mostPages} pages.`)
}
