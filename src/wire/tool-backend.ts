import type { JsonObject } from '../contract/json.ts'
import type { Effect, Task } from '../contract/task.ts'
import type { NetworkRequest } from '../simulation/network.ts'
import { type Reply, jsonReply } from './reply.ts'
import { toolArguments } from './tool-arguments.ts'
import { type Upstream, opaqueReply, opaqueRequest } from './upstream.ts'

/** What a tool's back end knows when it is called. */
export interface ToolCallContext {
  /** Path parameters, query and JSON body, merged: what the tool was called with. */
  readonly arguments: JsonObject
  readonly task: Task | undefined
  /** Virtual milliseconds since the start of the trial. */
  readonly nowMs: number
  /** Writes an effect into the ledger; the tool's name is filled in. */
  applyEffect(key: string, detail: JsonObject): void
}

/** How the HTTP back end of one tool is set up. */
export interface ToolBackendOptions {
  /** The tool's name, as the model calls it; faults aim at it. */
  readonly tool: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Origin and path with `:parameters`, e.g. `https://orders.test/orders/:orderId`. */
  readonly url: string
  /** Virtual milliseconds of an undisturbed call; default 40. */
  readonly latencyMs?: number
  /** Answers a call; may change state of its own, which lives as long as the trial. */
  readonly handle: (context: ToolCallContext) => Reply
}

/** An HTTP back end of a tool, as a plain function. */
export function toolBackend({ tool, method, url, latencyMs = 40, handle }: ToolBackendOptions): Upstream {
  const { origin, pathname } = new URL(url)
  const pattern = pathPattern(pathname)
  return {
    name: tool,
    kind: 'tool',
    origin,
    latencyMs,
    matches: (requestMethod, path) => requestMethod === method && pattern.test(pathOf(path)),
    understand: (request) => ({
      ...opaqueRequest,
      tool: { name: tool, arguments: readArguments(request, pattern) },
    }),
    handle: (_request, view, context) =>
      handle({
        arguments: view.tool?.arguments ?? {},
        task: context.task,
        nowMs: context.nowMs,
        applyEffect: (key, detail) => context.applyEffect({ tool, key, detail } satisfies Effect),
      }),
    describe: () => opaqueReply,
  }
}

/** The usual answer of a back end: JSON with a status. */
export function toolResult(body: unknown, status = 200): Reply {
  return jsonReply(status, body)
}

function pathPattern(pathname: string): RegExp {
  const source = pathname
    .split('/')
    .map((segment) => (segment.startsWith(':') ? `(?<${segment.slice(1)}>[^/]+)` : escapeForRegExp(segment)))
    .join('/')
  return new RegExp(`^${source}$`)
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function pathOf(path: string): string {
  const queryAt = path.indexOf('?')
  return queryAt < 0 ? path : path.slice(0, queryAt)
}

function readArguments(request: NetworkRequest, pattern: RegExp): JsonObject {
  const { pathname } = new URL(request.url)
  const path: Readonly<Record<string, string>> = pattern.exec(pathname)?.groups ?? {}
  const fromPath = Object.entries(path).map(([name, value]) => [name, decodeSegment(value)] as const)
  return { ...toolArguments(request), ...Object.fromEntries(fromPath) }
}

/** A path segment as text; one that holds a stray per cent sign stands as it is. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
