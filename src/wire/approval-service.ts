import { z } from 'zod'
import type { ToolRequestView } from '../contract/event.ts'
import { jsonObjectSchema } from '../contract/json.ts'
import type { Task } from '../contract/task.ts'
import type { NetworkRequest } from '../simulation/network.ts'
import { bodyText, jsonReply } from './reply.ts'
import { type Upstream, opaqueReply, opaqueRequest } from './upstream.ts'

export type Decision = 'approved' | 'denied' | 'pending'

/** How the service that answers approval requests is set up. */
export interface ApprovalServiceOptions {
  /** Where requests are posted, e.g. `https://approvals.test/requests`. */
  readonly url: string
  /** Decides, knowing the task: the one who approves can read what the user asked for. */
  readonly decide: (request: ToolRequestView, task: Task | undefined) => Decision
  /** Default `approvals`. */
  readonly name?: string
  readonly latencyMs?: number
}

const requestSchema = z.object({ tool: z.string(), arguments: jsonObjectSchema })
const decisionSchema = z.object({
  decision: z.enum(['approved', 'denied', 'pending']),
  ...requestSchema.partial().shape,
})

/**
 * The human (or policy) side of gated tools, as an HTTP service: `POST {"tool","arguments"}` is answered by
 * `{"decision"}`, which may name the call it is about. On the wire, so that an approval can be judged and faulted like anything else.
 */
export function approvalService({
  url,
  decide,
  name = 'approvals',
  latencyMs = 200,
}: ApprovalServiceOptions): Upstream {
  const { origin, pathname } = new URL(url)
  return {
    name,
    kind: 'approval',
    origin,
    latencyMs,
    matches: (method, path) => method === 'POST' && path === pathname,
    understand(request) {
      const parsed = parseRequest(request)
      return parsed === null ? opaqueRequest : { ...opaqueRequest, approval: parsed }
    },
    handle(_request, view, context) {
      if (view.approval === null) return jsonReply(400, { error: 'expected {"tool": string, "arguments": object}' })
      return jsonReply(200, { decision: decide(view.approval, context.task) })
    },
    describe(reply) {
      const parsed = decisionSchema.safeParse(parseJson(bodyText(reply)))
      if (!parsed.success) return opaqueReply
      const { decision, tool, arguments: args } = parsed.data
      const isTold = tool !== undefined && args !== undefined
      return { ...opaqueReply, decision, ...(isTold && { decided: { name: tool, arguments: args } }) }
    },
  }
}

function parseRequest({ body }: NetworkRequest): ToolRequestView | null {
  const parsed = requestSchema.safeParse(parseJson(body))
  return parsed.success ? { name: parsed.data.tool, arguments: parsed.data.arguments } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
