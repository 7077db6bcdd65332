import type { JsonObject } from '../../contract/json.ts'
import type { UpstreamContext } from '../upstream.ts'
import type { RpcError } from './json-rpc.ts'
import { type ArgumentCheck, type McpTool, type McpToolResult, argumentCheck, listed, mcpFailure } from './mcp-tool.ts'
import { isObject } from './protocol.ts'

/** What came of a request, before its era puts it into a message. */
export type Served = { readonly result: JsonObject } | { readonly error: RpcError }

/** The tools of one server, which are the same in both eras. */
export class ToolBox {
  readonly #tools: ReadonlyMap<string, { readonly tool: McpTool; readonly check: ArgumentCheck }>

  constructor(server: string, tools: readonly McpTool[]) {
    this.#tools = new Map(tools.map((tool) => [tool.name, { tool, check: argumentCheck(server, tool) }]))
  }

  /** Serves what has to do with tools; nothing else is known. */
  serve(method: string, params: JsonObject, context: UpstreamContext): Served {
    if (method === 'tools/list') return { result: { tools: [...this.#tools.values()].map(({ tool }) => listed(tool)) } }
    if (method === 'tools/call') return this.#call(params, context)
    return { error: { code: -32_601, message: 'Method not found' } }
  }

  #call({ name, arguments: args = {} }: JsonObject, context: UpstreamContext): Served {
    if (typeof name !== 'string' || !isObject(args)) {
      return {
        error: { code: -32_602, message: 'Invalid tools/call request: expected a name and an object of arguments' },
      }
    }
    const found = this.#tools.get(name)
    if (found === undefined) return { error: { code: -32_602, message: `Tool ${name} not found` } }
    const problem = found.check(args)
    const result = problem === null ? call(found.tool, args, context) : mcpFailure(problem)
    return { result: { ...result } }
  }
}

function call({ name, call: run }: McpTool, args: JsonObject, context: UpstreamContext): McpToolResult {
  const { task, nowMs } = context
  return run(args, {
    task,
    nowMs,
    applyEffect: (key, detail) => context.applyEffect({ tool: name, key, detail }),
  })
}
